import { ByteBuilder } from './byte-builder.ts'
import { envChange } from './env-change.ts'
import type { Login } from './login.ts'
import { type ServerIdentity, versionBytes } from './pre-login.ts'
import { DONE_STATUS, done, error, info } from './tokens.ts'

const UTF8_SUPPORT = 0x0a

/** What a server answers to a LOGIN7 it accepts. */
export function loginResponse(login: Login, packetSize: number, identity: ServerIdentity): Buffer {
  const database = login.database || 'master'
  return Buffer.concat([
    envChange.database(database, 'master'),
    info({ number: 5701, state: 2, message: `Changed database context to '${database}'.` }),
    envChange.collation(identity.collation),
    envChange.language(identity.language),
    info({ number: 5703, message: `Changed language setting to ${identity.language}.` }),
    loginAck(identity),
    ...(login.features.includes(UTF8_SUPPORT) ? [utf8SupportAck()] : []),
    envChange.packetSize(packetSize, 4096),
    done(),
  ])
}

const INTERFACE_SQL_TSQL = 1
const TDS_7_4 = 0x74000004

/** LOGINACK (0xAD). */
function loginAck(identity: ServerIdentity): Buffer {
  const tdsVersion = Buffer.alloc(4)
  // Big-endian, unlike in LOGIN7 (MS-TDS 2.2.7.14).
  tdsVersion.writeUInt32BE(TDS_7_4)
  const body = new ByteBuilder()
    .u8(INTERFACE_SQL_TSQL)
    .raw(tdsVersion)
    .bVarchar(identity.programName)
    .raw(versionBytes(identity.version))
  return new ByteBuilder().u8(0xad).usVarbyte(body.build()).build()
}

/** FEATUREEXTACK (0xAE): UTF-8 is supported. */
function utf8SupportAck(): Buffer {
  return new ByteBuilder().u8(0xae).u8(UTF8_SUPPORT).u32(1).u8(1).u8(0xff).build()
}

/** What a server answers to a LOGIN7 it refuses; 18456 is the number for a wrong user or password. */
export function loginRefusal(user: string): Buffer {
  return Buffer.concat([
    error({ number: 18456, class: 14, message: `Login failed for user '${user}'.` }),
    done({ status: DONE_STATUS.error }),
  ])
}

/** 4060: the login is good, the database is not there or not open to it. */
export function databaseRefusal(login: Login): Buffer {
  return Buffer.concat([
    error({
      number: 4060,
      class: 11,
      message: `Cannot open database "${login.database}" requested by the login. The login failed.`,
    }),
    loginRefusal(login.user),
  ])
}

const TOKEN = { envChange: 0xe3, loginAck: 0xad, error: 0xaa } as const
const ENV = { language: 2, collation: 7 } as const

/** What the answer to a LOGIN7 says of the server. Throws an Error when the login was refused. */
export function parseIdentity(response: Buffer): ServerIdentity {
  let language = 'us_english'
  let collation: Buffer | undefined
  for (let at = 0; at < response.length; ) {
    const token = response[at]!
    const body = response.subarray(at + 3, at + 3 + response.readUInt16LE(at + 1))
    if (token === TOKEN.error) throw new Error('the server to record from refused the login')
    if (token === TOKEN.loginAck) return { ...parseLoginAck(body), language, collation: required(collation) }
    if (token === TOKEN.envChange && body[0] === ENV.language) language = body.toString('utf16le', 2, 2 + body[1]! * 2)
    if (token === TOKEN.envChange && body[0] === ENV.collation) collation = body.subarray(2, 2 + body[1]!)
    at += 3 + body.length
  }
  throw new Error('the answer to the login has no LOGINACK')
}

/** Interface, TDS version, name, major, minor and build. */
function parseLoginAck(body: Buffer): { programName: string; version: string } {
  const nameEnd = 6 + body[5]! * 2
  return {
    programName: body.toString('utf16le', 6, nameEnd).replaceAll('\0', ''),
    version: `${body[nameEnd]}.${body[nameEnd + 1]}.${body.readUInt16BE(nameEnd + 2)}`,
  }
}

function required(collation: Buffer | undefined): Buffer {
  if (!collation) throw new Error('the answer to the login names no collation')
  return collation
}
