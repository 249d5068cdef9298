import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const ALBACKUP = fileURLToPath(new URL('../../../packages/cli/bin/run.js', import.meta.url))

/** Runs `albackup` as a user would, with its output shown. Gives what it printed to stdout; rejects when it fails. */
export function albackup(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [ALBACKUP, ...args], {
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let output = ''
    child.stdout.on('data', (piece: Buffer) => {
      output += piece
    })
    child.on('error', reject)
    child.on('close', (status) => {
      if (status === 0) resolve(output)
      else reject(new Error(`albackup ${args[0]} ended with exit status ${status}\n${output}`))
    })
  })
}
