import { constants } from 'node:fs'
import { access, stat, statfs } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { AlbackupError, CODECS, type Codec, openCodec } from '@albackup/core'
import { errorCode } from '../error-code.ts'
import type { PluginProblem } from '../plugins/plugin-problem.ts'
import { formatBytes } from '../reporter/quantities.ts'
import type { Check } from './doctor-report.ts'

/** `range`: of package.json, `>=20.17`. */
export function checkNode(version: string, range: string): Check {
  const numbersOf = (text: string) => /(\d+)\.(\d+)/.exec(text)?.slice(1).map(Number) ?? [0, 0]
  const [major = 0, minor = 0] = numbersOf(version)
  const [leastMajor = 0, leastMinor = 0] = numbersOf(range)
  if (major > leastMajor || (major === leastMajor && minor >= leastMinor)) {
    return { subject: 'node', state: 'good', message: `Node ${version}` }
  }
  const message = `Node ${version} is older than ${leastMajor}.${leastMinor}`
  return { subject: 'node', state: 'fault', message, hint: 'Install a newer Node.' }
}

/** `wanted`: that of the configuration. */
export async function checkCodecs(wanted: Codec | undefined): Promise<readonly Check[]> {
  const tried = await Promise.all(CODECS.map(async (codec) => ({ codec, failure: await whyNoCodec(codec) })))
  const names = (list: typeof tried) => list.map(({ codec }) => codec).join(', ')
  const usable = tried.filter(({ failure }) => failure === undefined)
  const others = tried.filter(({ failure }) => failure !== undefined)
  const missing = others.length === 0 ? '' : `; not here: ${names(others)}`
  const failure = others.find(({ codec }) => codec === wanted)?.failure
  return [
    { subject: 'codecs', state: 'good', message: `codecs ${names(usable)}${missing}` },
    ...(failure === undefined ? [] : [fault('codecs', failure)]),
  ]
}

function fault(subject: string, { message, hint }: AlbackupError): Check {
  return { subject, state: 'fault', message, ...(hint === undefined ? {} : { hint }) }
}

async function whyNoCodec(codec: Codec): Promise<AlbackupError | undefined> {
  try {
    await openCodec(codec)
    return undefined
  } catch (error) {
    if (error instanceof AlbackupError) return error
    throw error
  }
}

export function checkPlugins(problems: readonly PluginProblem[]): readonly Check[] {
  return problems.map(({ plugin, reason }) => ({
    subject: 'plugins',
    state: 'advice',
    message: `plugin ${plugin} cannot be used: ${reason}`,
    hint: `Mend it, or remove it: albackup plugins uninstall ${plugin}`,
  }))
}

/** Whether a dump could write there; nothing is made. `expected`: bytes that are to come, when that is known. */
export async function checkBackupDir(backupDir: string, expected: number | null): Promise<Check> {
  const subject = 'backup folder'
  try {
    const folder = await nearestFolder(resolve(backupDir))
    const free = await freeBytes(folder)
    const made = folder === resolve(backupDir) ? '' : ', which a dump makes'
    const message = `backup folder ${backupDir}${made}, ${formatBytes(free)} free`
    const hint = 'Make room, or name another folder with --backup-dir.'
    if (free === 0) return { subject, state: 'fault', message, hint }
    if (expected === null || expected < free) return { subject, state: 'good', message }
    const coming = `about ${formatBytes(expected)} of rows to come before they are compressed`
    return { subject, state: 'advice', message: `${message}, and ${coming}`, hint }
  } catch (error) {
    const message = `backup folder ${backupDir} cannot be written: ${errorCode(error)}`
    const hint = 'Name another folder with --backup-dir, or let the user of albackup write there.'
    return { subject, state: 'fault', message, hint }
  }
}

/** Throws when it is no folder, or must not be written. */
async function freeBytes(folder: string): Promise<number> {
  if (!(await stat(folder)).isDirectory()) throw new Error(`${folder} is not a folder`)
  await access(folder, constants.W_OK | constants.X_OK)
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}

/** The folder itself, or the one above it that exists. */
async function nearestFolder(path: string): Promise<string> {
  const exists = await stat(path).then(
    () => true,
    () => false,
  )
  return exists || dirname(path) === path ? path : nearestFolder(dirname(path))
}
