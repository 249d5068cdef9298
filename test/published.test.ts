import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

/** Paths in what `npm publish` would send. */
function filesOf(folder: string): readonly string[] {
  const cwd = fileURLToPath(new URL(`../packages/${folder}`, import.meta.url))
  const { stdout } = spawnSync('npm', ['pack', '--dry-run', '--json'], {
    cwd,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  })
  const [{ files }] = JSON.parse(stdout) as [{ files: readonly { readonly path: string }[] }]
  return files.map(({ path }) => path)
}

it.each([
  ['core', ['dist/index.js', 'dist/index.d.ts', 'dist/printing.js', 'dist/thread.js']],
  ['dialect-mssql', ['dist/index.js', 'dist/index.d.ts', 'dist/hooks/dialects.js']],
  ['dialect-postgres', ['dist/index.js', 'dist/index.d.ts', 'dist/hooks/dialects.js', 'dist/plain-rows.wasm']],
  ['cli', ['bin/run.js', 'dist/main.js', 'dist/commands/dump.js', 'oclif.manifest.json']],
])('what is published of %s holds what runs, and no tests', (folder, needed) => {
  const files = filesOf(folder)
  expect(files).toEqual(expect.arrayContaining(needed))
  expect(files.filter((file) => /\.test\.|\/testing\//.test(file))).toEqual([])
})
