import { LATIN1_COLLATION } from './types.ts'

/** What a server says of itself while a client logs in. */
export interface ServerIdentity {
  /** In LOGINACK; tedious and others show it. */
  readonly programName: string
  /** Major, minor, build: '16.0.4135'. */
  readonly version: string
  readonly collation: Uint8Array
  readonly language: string
}

export const SQL_SERVER_2022: ServerIdentity = {
  programName: 'Microsoft SQL Server',
  version: '16.0.4135',
  collation: LATIN1_COLLATION,
  language: 'us_english',
}

const ENCRYPT_NOT_SUPPORTED = 2

/** The PRELOGIN response (MS-TDS 2.2.6.5) of a server that does not encrypt. */
export function preLoginResponse(identity: ServerIdentity): Buffer {
  const options: readonly (readonly [token: number, data: Buffer])[] = [
    [0, Buffer.concat([versionBytes(identity.version), Buffer.alloc(2)])],
    [1, Buffer.from([ENCRYPT_NOT_SUPPORTED])],
    [2, Buffer.from([0])],
    [3, Buffer.alloc(0)],
    [4, Buffer.from([0])],
  ]
  let offset = options.length * 5 + 1
  const heads = options.map(([token, data]) => {
    const head = Buffer.from([token, offset >> 8, offset & 0xff, data.length >> 8, data.length & 0xff])
    offset += data.length
    return head
  })
  return Buffer.concat([...heads, Buffer.from([0xff]), ...options.map(([, data]) => data)])
}

/** Major and minor in a byte each, the build big-endian in two. */
export function versionBytes(version: string): Buffer {
  const [major = 0, minor = 0, build = 0] = version.split('.').map(Number)
  return Buffer.from([major, minor, build >> 8, build & 0xff])
}
