import { readFileSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { ServerIdentity } from './pre-login.ts'
import type { RequestKind, TdsRequest } from './request.ts'

/**
 * Requests and their answers, recorded from a real server. On disk: `<name>.json`, an index that people can read, and
 * `<name>.bin`, all answers one after another, deflated. Nothing of a login is in it.
 */
export interface Recording {
  readonly name: string
  readonly identity: ServerIdentity
  /** By the request's key; in the order in which they were given. */
  readonly answers: ReadonlyMap<string, readonly Buffer[]>
}

/** One request and what the server said. */
export interface Exchange {
  readonly request: TdsRequest
  readonly answer: Buffer
}

interface RecordingIndex {
  readonly format: 'albackup tds recording'
  readonly version: 1
  /** What was recorded, and from what: one sentence. */
  readonly about: string
  readonly server: {
    readonly program: string
    readonly version: string
    readonly collation: string
    readonly language: string
  }
  readonly requests: readonly IndexEntry[]
}

interface IndexEntry {
  readonly key: string
  readonly kind: RequestKind
  /** Line by line. */
  readonly sql: readonly string[]
  /** Each answer as 'begin+length' in the inflated answers. */
  readonly answers: readonly string[]
}

/** `path` without an ending. Throws when it is no recording of this version. */
export function readRecording(path: string): Recording {
  const index = JSON.parse(readFileSync(`${path}.json`, 'utf8')) as RecordingIndex
  if (index.format !== 'albackup tds recording' || index.version !== 1) throw new Error(`${path}.json is no recording`)
  const bytes = inflateRawSync(readFileSync(`${path}.bin`))
  const { program, version, collation, language } = index.server
  return {
    name: basename(path),
    identity: { programName: program, version, language, collation: Buffer.from(collation, 'hex') },
    answers: new Map(
      index.requests.map(({ key, answers }) => [
        key,
        answers.map((place) => {
          const [begin = 0, length = 0] = place.split('+').map(Number)
          return bytes.subarray(begin, begin + length)
        }),
      ]),
    ),
  }
}

/** Writes the two files; the same exchanges give the same bytes. */
export function writeRecording(
  path: string,
  about: string,
  identity: ServerIdentity,
  exchanges: readonly Exchange[],
): void {
  const store = new AnswerStore()
  const entries = new Map<string, { request: TdsRequest; answers: string[] }>()
  for (const { request, answer } of exchanges) {
    const entry = entries.get(request.key) ?? { request, answers: [] }
    entries.set(request.key, entry)
    entry.answers.push(store.put(answer))
  }
  const index: RecordingIndex = {
    format: 'albackup tds recording',
    version: 1,
    about,
    server: {
      program: identity.programName,
      version: identity.version,
      collation: Buffer.from(identity.collation).toString('hex'),
      language: identity.language,
    },
    requests: [...entries.values()].map(({ request, answers }) => ({
      key: request.key,
      kind: request.kind,
      sql: request.sql.split('\n'),
      answers: withoutRepeatedEnd(answers),
    })),
  }
  writeFileSync(`${path}.json`, `${JSON.stringify(index, undefined, 1)}\n`)
  writeFileSync(`${path}.bin`, deflateRawSync(store.bytes(), { level: 9 }))
}

/** The last answer is played again and again, so it need not stand there more than once. */
function withoutRepeatedEnd(answers: readonly string[]): readonly string[] {
  let length = answers.length
  while (length > 1 && answers[length - 1] === answers[length - 2]) length--
  return answers.slice(0, length)
}

/** Keeps equal answers once. */
class AnswerStore {
  private readonly parts: Buffer[] = []
  private readonly places = new Map<string, string>()
  private length = 0

  put(answer: Buffer): string {
    const content = answer.toString('latin1')
    const known = this.places.get(content)
    if (known) return known
    const place = `${this.length}+${answer.length}`
    this.places.set(content, place)
    this.parts.push(answer)
    this.length += answer.length
    return place
  }

  bytes(): Buffer {
    return Buffer.concat(this.parts)
  }
}
