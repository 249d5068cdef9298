import { describe, expect, it } from 'vitest'
import { canonicalJson, sealHolds, sealJson } from './canonical-json.ts'
import { backupName, tableFileNames } from './names.ts'

describe('names in a backup', () => {
  it.each([
    ['Northwind', 'db.example.com', 'Northwind@db.example.com--20260427-1533'],
    ['a/b', '::1', 'a%2Fb@::1--20260427-1533'],
    ['Größe', '10.0.0.1', 'Größe@10.0.0.1--20260427-1533'],
  ])('database %s on %s is %s', (database, host, expected) => {
    expect(backupName(database, host, new Date('2026-04-27T15:33:59Z'))).toBe(expected)
  })

  it('of a database and a host of any length fit a file system', () => {
    const name = backupName('名'.repeat(128), `${'sub.'.repeat(60)}example.com`, new Date('2026-04-27T15:33:59Z'))
    expect(name).toMatch(/^名+~[0-9a-f]{8}@[a-z.]+~[0-9a-f]{8}--20260427-1533$/u)
    expect(Buffer.byteLength(name)).toBeLessThan(240)
  })

  it.each([
    ['dbo', 'Order Details', 'dbo.Order%20Details.avro'],
    ['dbo', 'a.b', 'dbo.a%2Eb.avro'],
    ['dbo', '../../etc/passwd', 'dbo.%2E%2E%2F%2E%2E%2Fetc%2Fpasswd.avro'],
    ['CON', 'x', '%43ON.x.avro'],
    ['dbo', 'Größe', 'dbo.Größe.avro'],
    ['名前', '😀', '名前.%F0%9F%98%80.avro'],
    ['dbo', '', 'dbo..avro'],
  ])('table %s.%s is in file %s', (schema, name, expected) => {
    expect(tableFileNames([{ schema, name }])).toEqual([expected])
  })

  it('of tables that differ in case only differ in more', () => {
    const names = tableFileNames(['T', 't', 'T~2'].map((name) => ({ schema: 'dbo', name })))
    expect(names).toEqual(['dbo.T.avro', 'dbo.t~2.avro', 'dbo.T%7E2.avro'])
  })

  it('of 128 characters of any kind fit a file system, and stay apart', () => {
    const long = '😀'.repeat(64)
    const names = tableFileNames([
      { schema: long, name: `${long}a` },
      { schema: long, name: `${long}b` },
    ])
    expect(new Set(names).size).toBe(2)
    for (const name of names) expect(Buffer.byteLength(name)).toBeLessThan(240)
  })
})

describe('the metadata text', () => {
  it('is the same for equal values, whatever the order of their keys', () => {
    expect(canonicalJson({ b: [2, { d: 1, c: null }], a: 'x' })).toBe(
      canonicalJson({ a: 'x', b: [2, { c: null, d: 1 }] }),
    )
  })

  it('tells of every bit that is flipped in it', () => {
    const text = sealJson({ format: 'albackup', rows: 17, name: 'Größe' })
    expect(sealHolds(text)).toBe(true)
    const bytes = Buffer.from(text)
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const flipped = Buffer.from(bytes)
      flipped[bit >> 3]! ^= 1 << (bit & 7)
      expect(sealHolds(flipped.toString())).toBe(false)
    }
  })
})
