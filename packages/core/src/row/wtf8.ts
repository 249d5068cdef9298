/**
 * UTF-8 that keeps lone surrogates as their 3-byte form (WTF-8, "generalized UTF-8"), so that any UTF-16 string survives.
 * Well-formed text, which is nearly all text, is ordinary UTF-8.
 */
export function encodeUtf8(text: string): Buffer {
  if (text.isWellFormed()) return Buffer.from(text, 'utf8')
  const parts: Buffer[] = []
  for (const character of text) {
    const code = character.charCodeAt(0)
    parts.push(character.isWellFormed() ? Buffer.from(character) : surrogateBytes(code))
  }
  return Buffer.concat(parts)
}

export function decodeUtf8(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let text = ''
  let begin = 0
  for (let at = buffer.indexOf(0xed); at >= 0; at = buffer.indexOf(0xed, at + 1)) {
    // ED A0..BF xx is U+D800 .. U+DFFF, which UTF-8 proper does not have; ED 80..9F is ordinary.
    if (at + 2 >= buffer.length || buffer[at + 1]! < 0xa0) continue
    text += buffer.toString('utf8', begin, at)
    text += String.fromCharCode(0xd000 | ((buffer[at + 1]! & 0x3f) << 6) | (buffer[at + 2]! & 0x3f))
    begin = at + 3
  }
  return begin === 0 ? buffer.toString('utf8') : text + buffer.toString('utf8', begin)
}

function surrogateBytes(code: number): Buffer {
  return Buffer.of(0xed, 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f))
}
