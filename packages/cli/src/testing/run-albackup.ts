import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const PACKAGE = fileURLToPath(new URL('../..', import.meta.url))
const PROGRAM = join(PACKAGE, 'bin', 'run.js')

export interface Run {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  readonly env?: NodeJS.ProcessEnv
  readonly stdin?: string
  /** Sent as soon as stderr shows `after`, once for each. */
  readonly interrupts?: readonly { readonly after: string; readonly signal: NodeJS.Signals }[]
}

/** A working directory with the plugins of `fixtures/` linked, in which the built program runs as users run it. */
export interface Workplace {
  readonly folder: string
  run(args: readonly string[], options?: RunOptions): Promise<Run>
  write(name: string, content: unknown): Promise<void>
}

/** `plugins`: names of folders in `fixtures/`, or paths. */
export async function openWorkplace(plugins: readonly string[] = ['dialect-memory']): Promise<Workplace> {
  if (!existsSync(join(PACKAGE, 'dist', 'main.js'))) throw new Error('these tests run the built program: npm run build')
  const folder = await mkdtemp(join(tmpdir(), 'albackup-cli-'))
  const data = join(folder, '.data')
  await mkdir(data)
  const links = plugins.map((plugin) => ({
    type: 'link',
    name: `albackup-${plugin}`,
    root: join(PACKAGE, 'fixtures', plugin),
  }))
  await writeFile(join(data, 'package.json'), JSON.stringify({ oclif: { plugins: links } }))
  return {
    folder,
    run: (args, options = {}) => run(folder, args, options),
    write: (name, content) =>
      writeFile(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content)),
  }
}

function run(folder: string, args: readonly string[], options: RunOptions): Promise<Run> {
  const { NODE_ENV: _, ...inherited } = process.env
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    cwd: folder,
    env: {
      ...inherited,
      ALBACKUP_DATA_DIR: join(folder, '.data'),
      ALBACKUP_CONFIG_DIR: join(folder, '.config'),
      ALBACKUP_CACHE_DIR: join(folder, '.cache'),
      ...options.env,
    },
  })
  const output = { stdout: '', stderr: '' }
  const waiting = [...(options.interrupts ?? [])]
  child.stdout.on('data', (chunk) => {
    output.stdout += chunk
  })
  child.stderr.on('data', (chunk) => {
    output.stderr += chunk
    while (waiting[0] !== undefined && output.stderr.includes(waiting[0].after)) child.kill(waiting.shift()!.signal)
  })
  child.stdin.end(options.stdin ?? '')
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (status) => resolve({ status, ...output }))
  })
}
