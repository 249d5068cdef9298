// Makes the WebAssembly of what is written in AssemblyScript: the ways of rows that are too hot for JavaScript.
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const PACKAGE = fileURLToPath(new URL('../packages/dialect-postgres', import.meta.url))
const MODULE = 'plain-rows'

/** Whatever the module is made of. */
function sources() {
  const assembly = readdirSync(join(PACKAGE, 'assembly')).map((file) => join(PACKAGE, 'assembly', file))
  const versions = fileURLToPath(new URL('../package-lock.json', import.meta.url))
  return [...assembly, join(PACKAGE, 'src/wire/plain-forms.ts'), versions, fileURLToPath(import.meta.url)]
}

/** The compiler takes seconds: what is newer than its sources stays. */
function isMade(made) {
  const { mtimeMs } = statSync(made, { throwIfNoEntry: false }) ?? { mtimeMs: 0 }
  return sources().every((file) => statSync(file).mtimeMs <= mtimeMs)
}

async function assemble(made) {
  const { default: asc } = await import('assemblyscript/asc')
  const source = join('assembly', `${MODULE}.ts`)
  // Everything stands in the memory that it is given; it allocates nothing.
  const options = ['--baseDir', PACKAGE, '-O3', '--runtime', 'stub', '--importMemory', '--outFile', made]
  const { error, stderr } = await asc.main([source, ...options])
  if (error) throw new Error(`cannot assemble ${source}: ${stderr.toString()}`, { cause: error })
}

const made = join(PACKAGE, 'dist', `${MODULE}.wasm`)
if (!isMade(made)) await assemble(made)
