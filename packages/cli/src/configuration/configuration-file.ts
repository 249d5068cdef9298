import { chown, open, readFile, realpath, rename, rm, stat } from 'node:fs/promises'
import { basename, extname, resolve } from 'node:path'
import { UsageError } from '@albackup/core'
import { applyEdits, type JSONPath, modify } from 'jsonc-parser'
import { errorCode } from '../error-code.ts'
import type { ConnectionEntry } from './configuration.ts'
import { findTestedConnection } from './find-tested-connection.ts'
import { readConfiguration } from './read-configuration.ts'

/** A configuration file that is to be changed. */
export interface OpenedConfiguration extends FoundConnectionEntry {
  /** On disk, behind all symbolic links. */
  readonly path: string
  readonly text: string
}

/** The keys of one connection in a file. */
export interface FoundConnectionEntry {
  /** As the user knows it. */
  readonly file: string
  /** Where the keys of the connection are in the JSON. */
  readonly place: JSONPath
  /** Before a key, for messages. */
  readonly prefix: string
  readonly entry: ConnectionEntry
}

/** Indentation of the original tool. */
const FORMAT = { tabSize: 3, insertSpaces: true, eol: '\n' }

/**
 * Finds the file and in it the connection: the file's own or a target's, of a file of `test-all` that of a database or of the
 * scratch database. Throws a UsageError when it cannot be changed.
 */
export async function openConfigurationFile(
  cfg: string | undefined,
  folder: string,
  target: string | undefined,
  warn: (message: string) => void,
): Promise<OpenedConfiguration> {
  const tested = cfg === undefined ? undefined : await findTestedConnection(cfg, folder, target, warn)
  const found = tested ?? (await findConnection(cfg, folder, target, warn))
  const path = await realpath(resolve(folder, found.file))
  const text = await readFile(path, 'utf8')
  refuseOtherFormats(found.file, text)
  return { ...found, path, text }
}

async function findConnection(
  cfg: string | undefined,
  folder: string,
  target: string | undefined,
  warn: (message: string) => void,
): Promise<FoundConnectionEntry> {
  const configuration = await readConfiguration(cfg, folder, warn)
  if (configuration === undefined) {
    throw new UsageError('cannot change the password: there is no albackup.json here', {
      hint: 'Name the configuration file with --cfg.',
    })
  }
  const { file, targets } = configuration
  const entry = target === undefined ? configuration.own : Object.hasOwn(targets, target) ? targets[target] : undefined
  if (entry === undefined) {
    throw new UsageError(`cannot change the password: ${file} has no target ${target}`, {
      hint: `Its targets: ${Object.keys(targets).join(', ') || 'none'}.`,
    })
  }
  const place = [
    ...(basename(file) === 'package.json' ? ['albackup'] : []),
    ...(target === undefined ? [] : ['targets', target]),
  ]
  return { file, place, prefix: target === undefined ? '' : `targets.${target}.`, entry }
}

/** Everything else in the file stays as it is. Atomic: whoever reads it meanwhile sees the old or the new one. */
export async function writePassword(opened: OpenedConfiguration, sealed: string): Promise<void> {
  const { file, path, text, place } = opened
  const edits = modify(text, [...place, 'db_password'], sealed, { formattingOptions: FORMAT })
  try {
    await replaceFile(path, applyEdits(text, edits))
  } catch (cause) {
    throw new UsageError(`cannot write configuration ${file}: ${errorCode(cause)}`, {
      hint: 'The file and its folder must be writable for you.',
      cause,
    })
  }
}

function refuseOtherFormats(file: string, text: string): void {
  const isOther = ['.yaml', '.yml', '.js', '.mjs', '.cjs'].includes(extname(file))
  if (
    !isOther &&
    text
      .replace(/^\uFEFF/, '')
      .trimStart()
      .startsWith('{')
  )
    return
  throw new UsageError(`cannot change the password in ${file}: only JSON files can be written`, {
    hint: 'Give the password in the environment, or use a JSON file.',
  })
}

async function replaceFile(path: string, text: string): Promise<void> {
  const { mode, uid, gid } = await stat(path)
  const unfinished = `${path}.${process.pid}.unfinished`
  try {
    await using handle = await open(unfinished, 'wx', mode)
    await handle.chmod(mode)
    await handle.writeFile(text)
    await handle.sync()
    // Only root may give a file away, and only root would take it from somebody.
    if (process.getuid?.() === 0) await chown(unfinished, uid, gid)
    await rename(unfinished, path)
  } catch (error) {
    await rm(unfinished, { force: true })
    throw error
  }
}
