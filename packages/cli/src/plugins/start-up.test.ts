import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const HOOKS = ['mssql', 'postgres'].map(
  (name) => new URL(`../../../dialect-${name}/dist/hooks/dialects.js`, import.meta.url).href,
)

const LOADED = `import { createRequire } from 'node:module'
  for (const hook of process.argv.slice(1)) await import(hook)
  const files = Object.keys(createRequire(process.argv[1]).cache)
  console.log(JSON.stringify(files.flatMap((file) => /node_modules\\W(tedious|knex|pg)\\W/.exec(file)?.[1] ?? [])))`

it('finding the dialects loads no driver', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', LOADED, ...HOOKS])
  expect(JSON.parse(stdout)).toEqual([])
})
