import { createHash } from 'node:crypto'
import { type Message, PACKET_TYPE } from './packets.ts'

export type RequestKind = 'sql batch' | 'rpc' | 'bulk load' | 'transaction'

/** What a client asked a server, freed of what changes from one run to the next. */
export interface TdsRequest {
  readonly kind: RequestKind
  /** The statement, where there is one; what the request is, where not. */
  readonly sql: string
  /** Without ALL_HEADERS, which hold the transaction's descriptor. */
  readonly payload: Buffer
  /** The same for the same request: 16 hexadecimal digits. */
  readonly key: string
}

const KINDS: ReadonlyMap<number, RequestKind> = new Map([
  [PACKET_TYPE.sqlBatch, 'sql batch'],
  [PACKET_TYPE.rpc, 'rpc'],
  [PACKET_TYPE.bulkLoad, 'bulk load'],
  [PACKET_TYPE.transactionManager, 'transaction'],
])

/** undefined: not a request for data. */
export function parseRequest(message: Message): TdsRequest | undefined {
  const kind = KINDS.get(message.type)
  if (!kind) return undefined
  const payload = kind === 'bulk load' ? message.payload : withoutHeaders(message.payload)
  return { kind, payload, sql: describe(kind, payload), key: keyOf(kind, payload) }
}

/** ALL_HEADERS (MS-TDS 2.2.5.3) begin with their length. */
function withoutHeaders(payload: Buffer): Buffer {
  return payload.subarray(payload.readUInt32LE(0))
}

function keyOf(kind: RequestKind, payload: Buffer): string {
  return createHash('sha256').update(kind).update(payload).digest('hex').slice(0, 16)
}

function describe(kind: RequestKind, payload: Buffer): string {
  switch (kind) {
    case 'sql batch':
      return payload.toString('utf16le')
    case 'rpc':
      return describeRpc(payload)
    case 'bulk load':
      return `${payload.length} bytes of rows`
    case 'transaction':
      return TRANSACTION_REQUESTS.get(payload.readUInt16LE(0)) ?? `transaction request ${payload.readUInt16LE(0)}`
  }
}

/** MS-TDS 2.2.6.9 "Transaction Manager Request". */
export const TRANSACTION_REQUEST = { begin: 5, commit: 7, rollback: 8, save: 9 } as const

const TRANSACTION_REQUESTS: ReadonlyMap<number, string> = new Map([
  [TRANSACTION_REQUEST.begin, 'begin transaction'],
  [TRANSACTION_REQUEST.commit, 'commit transaction'],
  [TRANSACTION_REQUEST.rollback, 'rollback transaction'],
  [TRANSACTION_REQUEST.save, 'save transaction'],
])

const PROCEDURE_BY_NUMBER = 0xffff
const PROCEDURES = [
  '',
  'sp_cursor',
  'sp_cursoropen',
  'sp_cursorprepare',
  'sp_cursorexecute',
  'sp_cursorprepexec',
  'sp_cursorunprepare',
  'sp_cursorfetch',
  'sp_cursoroption',
  'sp_cursorclose',
  'sp_executesql',
  'sp_prepare',
  'sp_execute',
  'sp_prepexec',
  'sp_prepexecrpc',
  'sp_unprepare',
] as const

/** The procedure of an RPC request (MS-TDS 2.2.6.6) and its first text parameter: for sp_executesql the statement. */
function describeRpc(payload: Buffer): string {
  const nameLength = payload.readUInt16LE(0)
  if (nameLength !== PROCEDURE_BY_NUMBER) return payload.toString('utf16le', 2, 2 + nameLength * 2)
  const number = payload.readUInt16LE(2)
  const procedure = PROCEDURES[number] ?? `procedure ${number}`
  const statement = firstTextParameter(payload.subarray(6))
  return statement === undefined ? procedure : `${procedure}: ${statement}`
}

const NVARCHAR = 0xe7
const MAX_LENGTH = 0xffff

/** `parameters`: name, status, type, length, collation, value. */
function firstTextParameter(parameters: Buffer): string | undefined {
  const type = 2 + parameters[0]! * 2
  if (parameters[type] !== NVARCHAR) return undefined
  const value = type + 8
  if (parameters.readUInt16LE(type + 1) === MAX_LENGTH) return chunkedText(parameters.subarray(value + 8))
  return parameters.toString('utf16le', value + 2, value + 2 + parameters.readUInt16LE(value))
}

function chunkedText(chunks: Buffer): string {
  const parts: Buffer[] = []
  for (let at = 0; ; ) {
    const length = chunks.readUInt32LE(at)
    if (length === 0) return Buffer.concat(parts).toString('utf16le')
    parts.push(chunks.subarray(at + 4, at + 4 + length))
    at += 4 + length
  }
}
