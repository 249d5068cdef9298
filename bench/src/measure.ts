import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Measured } from './cases.ts'

export interface Run extends Measured {
  /** The most memory the process had, in MB of 10^6 bytes; undefined where the system does not tell. */
  readonly peakMemory: number | undefined
}

/** As bin/run.js sets it; all cases have it, the limit and the competitor too. */
const NODE_FLAGS = ['--no-incremental-marking']

/** Runs one case of cases.ts in a process of its own. */
export async function measureCase(name: string, table: string, ...given: string[]): Promise<Run> {
  const main = fileURLToPath(new URL('./bench.js', import.meta.url))
  const { output, peakMemory } = await runProcess(process.execPath, [
    ...NODE_FLAGS,
    main,
    '--case',
    name,
    table,
    ...given,
  ])
  return { ...JSON.parse(output), peakMemory }
}

/** Runs a program to its end. Rejects when it fails. */
export function runProcess(
  command: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<{ readonly output: string; readonly seconds: number; readonly peakMemory: number | undefined }> {
  return new Promise((resolve, reject) => {
    const begun = performance.now()
    const child = spawn(command, args, { env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    let errors = ''
    let peakMemory: number | undefined
    child.stdout.on('data', (piece) => {
      output += piece
    })
    child.stderr.on('data', (piece) => {
      errors += piece
    })
    const poll = setInterval(() => {
      peakMemory = peakOf(child.pid) ?? peakMemory
    }, 20)
    child.on('error', reject)
    child.on('close', (status) => {
      clearInterval(poll)
      const seconds = (performance.now() - begun) / 1000
      if (status === 0) resolve({ output, seconds, peakMemory })
      else reject(new Error(`${command} ended with ${status}: ${errors}${output}`))
    })
  })
}

/** The high-water mark of a process's resident memory, as Linux keeps it. */
function peakOf(pid: number | undefined): number | undefined {
  try {
    const match = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
    return match === null ? undefined : (Number(match[1]) * 1024) / 1e6
  } catch {
    // Another system, or the process has ended since.
    return undefined
  }
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
