import { readFile } from 'node:fs/promises'
import { extname, resolve } from 'node:path'
import { AlbackupError, UsageError } from '@albackup/core'
import { errorCode } from '../error-code.ts'
import { checkConfiguration } from './check-configuration.ts'
import type { Configuration } from './configuration.ts'
import { parseJson } from './parse-json.ts'

export const DEFAULT_FILE = 'albackup.json'

/** After albackup.json, the usual names of cosmiconfig, in the folder itself only. */
const SEARCH_PLACES = [
  'package.json',
  '.albackuprc',
  '.albackuprc.json',
  '.albackuprc.yaml',
  '.albackuprc.yml',
  '.config/albackuprc',
  '.config/albackuprc.json',
  '.config/albackuprc.yaml',
  '.config/albackuprc.yml',
  'albackup.config.js',
  'albackup.config.mjs',
  'albackup.config.cjs',
]

/** Files that are not JSON whatever their content; all others are. */
const OTHER_FORMATS = new Set(['.yaml', '.yml', '.js', '.mjs', '.cjs'])

/**
 * The configuration in `named`, or else the one found in `folder`; undefined when none is there.
 * Throws a UsageError when a file cannot be read or is wrong.
 */
export async function readConfiguration(
  named: string | undefined,
  folder: string,
  warn: (message: string) => void,
): Promise<Configuration | undefined> {
  const found = await findContent(named, folder)
  return found && checkConfiguration(found.file, found.content, warn)
}

/** A file, and what it holds. */
export interface FoundContent {
  readonly file: string
  readonly content: unknown
}

async function findContent(named: string | undefined, folder: string): Promise<FoundContent | undefined> {
  if (named !== undefined) return readNamed(named, folder)
  const text = await readText(resolve(folder, DEFAULT_FILE), DEFAULT_FILE)
  if (text !== undefined) return { file: DEFAULT_FILE, content: parseContent(DEFAULT_FILE, text) }
  const result = await readAs(folder, async () => (await explorer()).search(folder))
  return result === null ? undefined : { file: result.filepath, content: result.config }
}

/** What a file of the user holds, unchecked. Throws a UsageError when it cannot be read. */
export async function readNamed(named: string, folder: string): Promise<FoundContent> {
  const path = resolve(folder, named)
  const text = await readText(path, named)
  if (text === undefined) {
    throw new UsageError(`cannot read configuration ${named}: there is no such file`, {
      hint: 'Check the path after --cfg; docs/configuration.md shows what the file holds.',
    })
  }
  if (!OTHER_FORMATS.has(extname(named))) return { file: named, content: parseContent(named, text) }
  const result = await readAs(named, async () => (await explorer()).load(path))
  return { file: named, content: result?.config }
}

function parseContent(file: string, text: string): unknown {
  if (text.trim() === '') throw new UsageError(`cannot read configuration ${file}: it is empty`)
  return parseJson(file, text)
}

async function readText(path: string, file: string): Promise<string | undefined> {
  try {
    const text = await readFile(path, 'utf8')
    return text.replace(/^\uFEFF/, '')
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT') return undefined
    throw new UsageError(`cannot read configuration ${file}: ${errorCode(cause)}`, {
      hint: 'The configuration must be a file that you may read.',
      cause,
    })
  }
}

async function explorer() {
  const { cosmiconfig, defaultLoaders } = await import('cosmiconfig')
  return cosmiconfig('albackup', {
    searchPlaces: SEARCH_PLACES,
    loaders: { ...defaultLoaders, '.json': parseJson },
    cache: false,
  })
}

async function readAs<T>(file: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (cause) {
    if (cause instanceof AlbackupError) throw cause
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new UsageError(`cannot read configuration ${file}: ${reason}`, { cause })
  }
}
