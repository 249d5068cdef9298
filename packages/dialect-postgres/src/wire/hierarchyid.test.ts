import { describe, expect, it } from 'vitest'
import { hierarchyLabels, hierarchyText, readHierarchyId, writeHierarchyId } from './hierarchyid.ts'

describe('a hierarchyid', () => {
  // As SQL Server's documentation and its own CONVERT show them.
  it.each([
    ['', '/', ''],
    ['58', '/1/', '1'],
    ['68', '/2/', '2'],
    ['78', '/3/', '3'],
    ['84', '/4/', '4'],
    ['5AC0', '/1/1/', '1.1'],
    ['5B40', '/1/2/', '1.2'],
    ['62C0', '/1.1/', '1_1'],
    ['48', '/0/', '0'],
    ['3F80', '/-1/', 'm1'],
  ])('0x%s is %s and the ltree "%s"', (hex, text, labels) => {
    const path = readHierarchyId(Buffer.from(hex, 'hex'))!
    expect([hierarchyText(path), hierarchyLabels(path)]).toEqual([text, labels])
  })

  const EDGES = [
    -281479271682120n,
    -4294971465n,
    -4294971464n,
    -4169n,
    -4168n,
    -73n,
    -72n,
    -9n,
    -8n,
    -1n,
    0n,
    3n,
    4n,
    7n,
    8n,
    15n,
  ]
  const MORE = [16n, 79n, 80n, 1103n, 1104n, 5199n, 5200n, 4294972495n, 4294972496n, 281479271683151n]
  it.each([...EDGES, ...MORE])('holds %s as a level', (number) => {
    const path = [[1n], [number], [2n, 3n]]
    expect(readHierarchyId(writeHierarchyId(path))).toEqual(path)
  })

  it('sorts by its bytes as by its numbers', () => {
    const paths = [...EDGES, ...MORE].map((number) => writeHierarchyId([[number]]))
    expect(paths.toSorted(Buffer.compare)).toEqual(paths)
    const siblings = [[[1n]], [[1n], [9n]], [[1n, 1n]], [[1n, 5n]], [[2n]]].map(writeHierarchyId)
    expect(siblings.toSorted(Buffer.compare)).toEqual(siblings)
  })

  it.each(['ff', '5A', '5800', '01', '62'])('0x%s is none that SQL Server writes', (hex) => {
    expect(readHierarchyId(Buffer.from(hex, 'hex'))).toBeUndefined()
  })

  it('has an end to its numbers', () => {
    expect(() => writeHierarchyId([[281479271683152n]])).toThrow(RangeError)
  })
})
