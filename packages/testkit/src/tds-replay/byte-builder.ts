/** Puts bytes together in the little-endian forms of MS-TDS 2.2.5 "Grammar Definition for Token Description". */
export class ByteBuilder {
  private readonly parts: Uint8Array[] = []

  u8(value: number): this {
    return this.put(1, (bytes) => bytes.writeUInt8(value))
  }

  u16(value: number): this {
    return this.put(2, (bytes) => bytes.writeUInt16LE(value))
  }

  u32(value: number): this {
    return this.put(4, (bytes) => bytes.writeUInt32LE(value))
  }

  i32(value: number): this {
    return this.put(4, (bytes) => bytes.writeInt32LE(value))
  }

  u64(value: bigint): this {
    return this.put(8, (bytes) => bytes.writeBigUInt64LE(value))
  }

  raw(bytes: Uint8Array): this {
    this.parts.push(bytes)
    return this
  }

  utf16(text: string): this {
    return this.raw(Buffer.from(text, 'utf16le'))
  }

  /** B_VARCHAR: the number of UTF-16 units in one byte, then the text. */
  bVarchar(text: string): this {
    return this.u8(text.length).utf16(text)
  }

  /** US_VARCHAR: the number of UTF-16 units in two bytes, then the text. */
  usVarchar(text: string): this {
    return this.u16(text.length).utf16(text)
  }

  /** B_VARBYTE: the number of bytes in one byte, then the bytes. */
  bVarbyte(bytes: Uint8Array): this {
    return this.u8(bytes.length).raw(bytes)
  }

  /** US_VARBYTE: the number of bytes in two bytes, then the bytes. */
  usVarbyte(bytes: Uint8Array): this {
    return this.u16(bytes.length).raw(bytes)
  }

  build(): Buffer {
    return Buffer.concat(this.parts)
  }

  private put(length: number, write: (bytes: Buffer) => void): this {
    const bytes = Buffer.alloc(length)
    write(bytes)
    return this.raw(bytes)
  }
}
