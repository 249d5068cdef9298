import { ByteBuilder } from './byte-builder.ts'

/** ENVCHANGE (0xE3), by its kinds in MS-TDS 2.2.7.9. */
export const envChange = {
  database: (name: string, before: string): Buffer => textChange(1, name, before),
  language: (name: string, before = ''): Buffer => textChange(2, name, before),
  packetSize: (size: number, before: number): Buffer => textChange(4, String(size), String(before)),
  collation: (collation: Uint8Array): Buffer => bytesChange(7, collation, Buffer.alloc(0)),
  beginTransaction: (descriptor: Uint8Array): Buffer => bytesChange(8, descriptor, Buffer.alloc(0)),
  commitTransaction: (descriptor: Uint8Array): Buffer => bytesChange(9, Buffer.alloc(0), descriptor),
  rollbackTransaction: (descriptor: Uint8Array): Buffer => bytesChange(10, Buffer.alloc(0), descriptor),
  resetConnection: (): Buffer => bytesChange(18, Buffer.alloc(0), Buffer.alloc(0)),
} as const

function textChange(kind: number, after: string, before: string): Buffer {
  return change(new ByteBuilder().u8(kind).bVarchar(after).bVarchar(before))
}

function bytesChange(kind: number, after: Uint8Array, before: Uint8Array): Buffer {
  return change(new ByteBuilder().u8(kind).bVarbyte(after).bVarbyte(before))
}

function change(body: ByteBuilder): Buffer {
  return new ByteBuilder().u8(0xe3).usVarbyte(body.build()).build()
}
