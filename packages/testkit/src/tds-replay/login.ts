/** LOGIN7 (MS-TDS 2.2.6.4), as far as a replay cares. */
export interface Login {
  readonly packetSize: number
  readonly user: string
  readonly password: string
  readonly applicationName: string
  readonly database: string
  readonly features: readonly number[]
}

/** Where the pair of offset and length of each part stands in the fixed part of LOGIN7. */
const LOGIN_PARTS = { user: 40, password: 44, applicationName: 48, extension: 56, database: 68 } as const

export function parseLogin(payload: Buffer): Login {
  const text = (at: number) => {
    const begin = payload.readUInt16LE(at)
    return payload.toString('utf16le', begin, begin + payload.readUInt16LE(at + 2) * 2)
  }
  return {
    packetSize: payload.readUInt32LE(8),
    user: text(LOGIN_PARTS.user),
    password: parsePassword(payload),
    applicationName: text(LOGIN_PARTS.applicationName),
    database: text(LOGIN_PARTS.database),
    features: parseFeatures(payload),
  }
}

/** Each byte has its halves swapped, and is then combined with 0xA5. */
function parsePassword(payload: Buffer): string {
  const begin = payload.readUInt16LE(LOGIN_PARTS.password)
  const length = payload.readUInt16LE(LOGIN_PARTS.password + 2) * 2
  const plain = payload.subarray(begin, begin + length).map((byte) => {
    const turned = byte ^ 0xa5
    return ((turned << 4) | (turned >> 4)) & 0xff
  })
  return Buffer.from(plain).toString('utf16le')
}

const EXTENSION_USED = 0x10

/** The ids of FEATUREEXT. */
function parseFeatures(payload: Buffer): readonly number[] {
  if ((payload[27]! & EXTENSION_USED) === 0) return []
  const features: number[] = []
  let at = payload.readUInt32LE(payload.readUInt16LE(LOGIN_PARTS.extension))
  while (payload[at] !== 0xff) {
    features.push(payload[at]!)
    at += 5 + payload.readUInt32LE(at + 1)
  }
  return features
}
