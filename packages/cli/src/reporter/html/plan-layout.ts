/** A table and the tables it refers to, by name; names that are no table of the diagram are ignored. */
export interface LayoutTable {
  readonly name: string
  readonly references: readonly string[]
}

export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Places in pixels: one box for each table, in the same order, and one edge for each pair that is connected. */
export interface Layout {
  readonly width: number
  readonly height: number
  readonly boxes: readonly Box[]
  readonly edges: readonly { readonly from: number; readonly to: number }[]
}

const [WIDTH, HEIGHT, GAP, AISLE, MARGIN] = [216, 36, 10, 76, 10]

/** So many boxes stand above one another at most; a larger layer goes on in another column. */
const TALLEST = 24

/**
 * Layers from left to right: a table stands right of the tables it refers to, where no cycle makes that impossible. Within a
 * layer a table stands near those it is connected with. Tables without references in any direction stand in columns at the end.
 */
export function layOut(tables: readonly LayoutTable[]): Layout {
  const edges = edgesOf(tables)
  const layers = orderedLayers(layersOf(tables.length, edges), edges)
  const columns = layers.flatMap((layer) => columnsOf(layer))
  const boxes: Box[] = []
  for (const [column, members] of columns.entries()) {
    for (const [row, table] of members.entries()) {
      const [x, y] = [MARGIN + column * (WIDTH + AISLE), MARGIN + row * (HEIGHT + GAP)]
      boxes[table] = { x, y, width: WIDTH, height: HEIGHT }
    }
  }
  const tallest = Math.max(0, ...columns.map((column) => column.length))
  const width = 2 * MARGIN + columns.length * (WIDTH + AISLE) - (columns.length > 0 ? AISLE - 24 : 0)
  return { width, height: 2 * MARGIN + tallest * (HEIGHT + GAP), boxes, edges }
}

interface Edge {
  readonly from: number
  readonly to: number
}

function edgesOf(tables: readonly LayoutTable[]): readonly Edge[] {
  const places = new Map(tables.map(({ name }, i) => [name, i]))
  return tables.flatMap(({ references }, from) =>
    [...new Set(references)].flatMap((name) => {
      const to = places.get(name)
      return to === undefined ? [] : [{ from, to }]
    }),
  )
}

/** The longest way to a table that refers to none; an edge that closes a cycle is not followed. */
function layersOf(count: number, edges: readonly Edge[]): readonly (readonly number[])[] {
  const parents = Array.from({ length: count }, (): number[] => [])
  const connected = new Set<number>()
  for (const { from, to } of edges) {
    if (from === to) continue
    parents[from]!.push(to)
    connected.add(from).add(to)
  }
  const depths = depthsOf(parents)
  const layers: number[][] = Array.from({ length: Math.max(0, ...depths) + 1 }, () => [])
  for (let table = 0; table < count; table++) if (connected.has(table)) layers[depths[table]!]!.push(table)
  const alone = Array.from({ length: count }, (_, table) => table).filter((table) => !connected.has(table))
  return [...layers, alone].filter((layer) => layer.length > 0)
}

/** Without recursion: chains of references may be long. */
function depthsOf(parents: readonly (readonly number[])[]): readonly number[] {
  const depths: number[] = []
  const under = new Set<number>()
  for (const start of parents.keys()) {
    const path = [start]
    while (path.length > 0) {
      const table = path.at(-1)!
      under.add(table)
      const next =
        depths[table] === undefined && parents[table]!.find((one) => depths[one] === undefined && !under.has(one))
      if (typeof next === 'number') {
        path.push(next)
        continue
      }
      depths[table] ??= Math.max(-1, ...parents[table]!.map((one) => depths[one] ?? -1)) + 1
      under.delete(table)
      path.pop()
    }
  }
  return depths
}

/** Each layer by the mean place of the neighbours, swept to the right and back. */
function orderedLayers(layers: readonly (readonly number[])[], edges: readonly Edge[]): readonly (readonly number[])[] {
  const neighbours = new Map<number, number[]>()
  for (const { from, to } of edges) {
    neighbours.set(from, [...(neighbours.get(from) ?? []), to])
    neighbours.set(to, [...(neighbours.get(to) ?? []), from])
  }
  const places = new Map<number, number>()
  const settle = (layer: readonly number[]) => {
    for (const [place, table] of layer.entries()) places.set(table, (place + 0.5) / layer.length)
  }
  for (const layer of layers) settle(layer)
  const mean = (table: number) => {
    const around = (neighbours.get(table) ?? []).filter((one) => one !== table).map((one) => places.get(one)!)
    return around.length === 0 ? places.get(table)! : around.reduce((sum, one) => sum + one, 0) / around.length
  }
  const sorted = layers.map((layer) => [...layer])
  for (const sweep of [sorted, sorted.toReversed(), sorted]) {
    for (const layer of sweep) {
      const means = new Map(layer.map((table) => [table, mean(table)]))
      layer.sort((one, other) => means.get(one)! - means.get(other)! || one - other)
      settle(layer)
    }
  }
  return sorted
}

function columnsOf(layer: readonly number[]): readonly (readonly number[])[] {
  const count = Math.ceil(layer.length / TALLEST)
  const height = Math.ceil(layer.length / count)
  return Array.from({ length: count }, (_, i) => layer.slice(i * height, (i + 1) * height))
}
