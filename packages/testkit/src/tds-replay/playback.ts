import type { Answer, ConnectionFacts, Script } from './answer.ts'
import { envChange } from './env-change.ts'
import type { Login } from './login.ts'
import { type ServerIdentity, SQL_SERVER_2022 } from './pre-login.ts'
import type { Recording } from './recording.ts'
import type { ReplayHost } from './replay-connection.ts'
import { type TdsRequest, TRANSACTION_REQUEST } from './request.ts'
import { DONE_STATUS, done, error } from './tokens.ts'

export interface ReplayOptions {
  readonly recording?: Recording
  /** Asked before the recording. */
  readonly script?: Script
  /** Default: any user with any password. */
  readonly login?: { readonly user: string; readonly password: string }
  /** The databases that exist; default: every one. */
  readonly databases?: readonly string[]
  readonly greatestPacketSize?: number
  readonly identity?: ServerIdentity
}

/** How a recording is made again; a part of every message about a miss. */
const RECORD_AGAIN = 'record again with "npm run record" (see CONTRIBUTING.md)'

/** What all connections of a replay server share: which answer is next, and what was asked. */
export class Playback implements ReplayHost {
  readonly identity: ServerIdentity
  readonly greatestPacketSize: number
  readonly requests: TdsRequest[] = []
  readonly connections: ConnectionFacts[] = []
  readonly misses: TdsRequest[] = []
  private readonly options: ReplayOptions
  private readonly played = new Map<string, number>()
  private transactions = 0n
  private readonly open = new Map<number, Buffer>()

  constructor(options: ReplayOptions) {
    this.options = options
    this.identity = options.identity ?? options.recording?.identity ?? SQL_SERVER_2022
    this.greatestPacketSize = options.greatestPacketSize ?? 32767
  }

  judge(login: Login): 'welcome' | 'wrong login' | 'no such database' {
    const expected = this.options.login
    if (expected && (login.user !== expected.user || login.password !== expected.password)) return 'wrong login'
    const databases = this.options.databases
    if (databases && login.database !== '' && !databases.includes(login.database)) return 'no such database'
    return 'welcome'
  }

  welcome(login: Login, packetSize: number): ConnectionFacts {
    const { user, database, applicationName } = login
    const facts = { number: this.connections.length + 1, user, database, applicationName, packetSize }
    this.connections.push(facts)
    return facts
  }

  answer(request: TdsRequest, connection: ConnectionFacts): Answer {
    this.requests.push(request)
    const scripted = this.options.script?.(request, connection)
    if (scripted) return scripted
    if (request.kind === 'transaction') return this.transaction(request, connection)
    return this.recorded(request) ?? sessionSettings(request) ?? this.miss(request)
  }

  assertNoMisses(): void {
    if (this.misses.length === 0) return
    const statements = this.misses.map((request) => `- ${request.kind} ${request.key}: ${request.sql}`)
    throw new Error(
      `${this.misses.length} requests are not in ${this.recordingName()}; ${RECORD_AGAIN}\n${statements.join('\n')}`,
    )
  }

  /** The answers in the order in which they were recorded; the last one again and again. */
  private recorded(request: TdsRequest): Answer | undefined {
    const answers = this.options.recording?.answers.get(request.key)
    if (!answers) return undefined
    const turn = this.played.get(request.key) ?? 0
    this.played.set(request.key, turn + 1)
    return answers[Math.min(turn, answers.length - 1)]
  }

  private miss(request: TdsRequest): Buffer {
    this.misses.push(request)
    return Buffer.concat([
      error({
        number: 50000,
        message: `the ${request.kind} "${request.sql.slice(0, 2000)}" is not in ${this.recordingName()}; ${RECORD_AGAIN}`,
      }),
      done({ status: DONE_STATUS.error }),
    ])
  }

  private recordingName(): string {
    return this.options.recording ? `the recording ${this.options.recording.name}` : 'the script of the replay server'
  }

  /** Transactions carry nothing but their descriptor, so no recording is needed for them. */
  private transaction(request: TdsRequest, connection: ConnectionFacts): Buffer {
    const kind = request.payload.readUInt16LE(0)
    if (kind === TRANSACTION_REQUEST.begin) {
      const descriptor = Buffer.alloc(8)
      descriptor.writeBigUInt64LE(++this.transactions)
      this.open.set(connection.number, descriptor)
      return Buffer.concat([envChange.beginTransaction(descriptor), done({ status: DONE_STATUS.inTransaction })])
    }
    const descriptor = this.open.get(connection.number) ?? Buffer.alloc(8)
    if (kind === TRANSACTION_REQUEST.commit) return Buffer.concat([envChange.commitTransaction(descriptor), done()])
    if (kind === TRANSACTION_REQUEST.rollback) return Buffer.concat([envChange.rollbackTransaction(descriptor), done()])
    return done()
  }
}

/** A batch of nothing but `set` statements changes the session and answers nothing, whatever the driver's version sends. */
function sessionSettings(request: TdsRequest): Buffer | undefined {
  if (request.kind !== 'sql batch') return undefined
  const lines = request.sql.split('\n').filter((line) => line.trim() !== '')
  return lines.every((line) => /^\s*set\s+[\w\s-]+;?\s*$/i.test(line)) ? done() : undefined
}
