import { describe, expect, it } from 'vitest'
import { type LayoutTable, layOut } from './plan-layout.ts'

function tables(count: number, references: (i: number) => readonly number[]): readonly LayoutTable[] {
  return Array.from({ length: count }, (_, i) => ({
    name: `t${i}`,
    references: references(i).map((to) => `t${to}`),
  }))
}

const CASES: readonly [string, readonly LayoutTable[]][] = [
  ['no table', []],
  ['one table', tables(1, () => [])],
  ['five in a chain', tables(5, (i) => (i === 0 ? [] : [i - 1]))],
  ['a cycle, and one to itself', tables(4, (i) => [(i + 1) % 3, i])],
  ['two hundred around a few', tables(200, (i) => (i < 5 ? [] : [i % 5, Math.floor(i / 2)]))],
  ['three thousand in a chain', tables(3000, (i) => (i === 0 ? [] : [i - 1]))],
]

describe.each(CASES)('a diagram of %s', (_, all) => {
  const { boxes, edges, width, height } = layOut(all)

  it('has a box for each table, none over another and none outside', () => {
    expect(boxes).toHaveLength(all.length)
    const places = new Set(boxes.map(({ x, y }) => `${x} ${y}`))
    expect(places.size).toBe(all.length)
    for (const box of boxes) {
      expect(box.x + box.width).toBeLessThanOrEqual(width)
      expect(box.y + box.height).toBeLessThanOrEqual(height)
    }
  })

  it('has an edge for each reference, once', () => {
    const pairs = all.flatMap(({ name, references }) => [...new Set(references)].map((to) => `${name} ${to}`))
    expect(edges.map(({ from, to }) => `t${from} t${to}`)).toEqual(pairs)
  })
})

it('puts a table right of those it refers to', () => {
  const { boxes } = layOut(tables(5, (i) => (i === 0 ? [] : [i - 1])))
  expect(boxes.map(({ x }) => x).toSorted((one, other) => one - other)).toEqual(boxes.map(({ x }) => x))
})

it('ignores references to tables that are not there', () => {
  expect(layOut([{ name: 'a', references: ['elsewhere'] }]).edges).toEqual([])
})
