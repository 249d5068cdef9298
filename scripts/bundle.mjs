// Joins the modules of each package that commands load into few files. Node takes a third of a millisecond to find and link each
// module, which hundreds of them would cost every command and every thread that it starts.
import { readdirSync, rmSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'rolldown'

const PACKAGES = fileURLToPath(new URL('../packages', import.meta.url))

/** What is loaded from outside, by its name in `dist`: the exports of package.json, what oclif looks for, what a thread begins with. */
const DIALECT = { index: 'index.ts', dialect: 'dialect.ts', 'hooks/dialects': 'hooks/dialects.ts' }
const ENTRIES = {
  core: { index: 'index.ts', printing: 'expression/printing.ts', thread: 'jobs/threads/thread.ts' },
  'dialect-mssql': DIALECT,
  'dialect-postgres': DIALECT,
  cli: { index: 'index.ts', main: 'main.ts', ...entriesIn('commands'), ...entriesIn('hooks') },
}

/** What `await using` becomes for the oldest Node that we run on. All other packages stay what package.json says of them. */
const LANGUAGE = '@oxc-project/runtime/'

function entriesIn(folder) {
  const files = readdirSync(join(PACKAGES, 'cli', 'src', folder)).filter((file) => !file.endsWith('.test.ts'))
  return Object.fromEntries(files.map((file) => [`${folder}/${file.slice(0, -'.ts'.length)}`, `${folder}/${file}`]))
}

async function bundlePackage(folder, entries) {
  removeOldFiles(join(folder, 'dist'))
  await build({
    cwd: folder,
    input: Object.fromEntries(Object.entries(entries).map(([name, file]) => [name, join(folder, 'src', file)])),
    external: (id) => !id.startsWith('.') && !isAbsolute(id) && !id.startsWith(LANGUAGE),
    platform: 'node',
    preserveEntrySignatures: 'allow-extension',
    transform: { target: 'es2023' },
    output: {
      dir: 'dist',
      // All in one folder: where a module looks for its neighbour, it is.
      chunkFileNames: '[name].js',
      sourcemap: true,
    },
  })
}

/** The names of the files depend on what they hold, so those of an earlier build may be of no use. */
function removeOldFiles(dist) {
  for (const file of readdirSync(dist, { recursive: true })) {
    if (/\.js(\.map)?$/.test(file)) rmSync(join(dist, file))
  }
}

await Promise.all(Object.entries(ENTRIES).map(([name, entries]) => bundlePackage(join(PACKAGES, name), entries)))
