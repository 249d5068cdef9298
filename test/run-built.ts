import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'

const ALBACKUP = join(import.meta.dirname, '../packages/cli/bin/run.js')

export interface Ended {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs the built command in that folder as a user does, with threads as users have them. `watch` sees it once it has begun. */
export function runBuilt(
  folder: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
  watch: (child: ChildProcess) => void = () => {},
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [ALBACKUP, ...args], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] })
    const output = { stdout: '', stderr: '' }
    child.stdout.on('data', (piece) => {
      output.stdout += piece
    })
    child.stderr.on('data', (piece) => {
      output.stderr += piece
    })
    child.on('error', reject)
    child.on('close', (status) => resolve({ status, ...output }))
    watch(child)
  })
}

/** What a command that must end well prints with --json. */
export function resultOf({ status, stdout, stderr }: Ended) {
  if (status !== 0) throw new Error(stderr || `status ${status}`)
  return JSON.parse(stdout)
}
