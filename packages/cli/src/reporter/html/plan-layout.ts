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

/** Tables that are connected with none stand below in so many columns at least. */
const FEWEST_COLUMNS = 4

/**
 * Layers from left to right: a table stands right of the tables it refers to, where no cycle makes that impossible. Within a
 * layer a table stands near those it is connected with. Tables without references in any direction stand below.
 */
export function layOut(tables: readonly LayoutTable[]): Layout {
  const edges = edgesOf(tables)
  const connected = new Set(edges.flatMap(({ from, to }) => (from === to ? [] : [from, to])))
  const alone = [...tables.keys()].filter((table) => !connected.has(table))
  const columns = orderedLayers(layersOf(connected, edges), edges).flatMap((layer) => columnsOf(layer))
  const boxes: Box[] = []
  for (const [column, members] of columns.entries()) {
    for (const [row, table] of members.entries()) boxes[table] = boxAt(column, row)
  }
  const tallest = Math.max(0, ...columns.map((column) => column.length))
  const across = Math.max(FEWEST_COLUMNS, columns.length)
  for (const [place, table] of alone.entries()) {
    boxes[table] = boxAt(place % across, tallest + Math.floor(place / across))
  }
  const rows = tallest + Math.ceil(alone.length / across)
  const used = Math.max(columns.length, Math.min(alone.length, across))
  return { width: used * (WIDTH + AISLE) + MARGIN, height: 2 * MARGIN + rows * (HEIGHT + GAP), boxes, edges }
}

function boxAt(column: number, row: number): Box {
  return { x: MARGIN + column * (WIDTH + AISLE), y: MARGIN + row * (HEIGHT + GAP), width: WIDTH, height: HEIGHT }
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
function layersOf(connected: ReadonlySet<number>, edges: readonly Edge[]): readonly (readonly number[])[] {
  const parents = new Map([...connected].toSorted((one, other) => one - other).map((table) => [table, [] as number[]]))
  for (const { from, to } of edges) if (from !== to) parents.get(from)!.push(to)
  const layers: number[][] = []
  for (const [table, depth] of depthsOf(parents)) {
    layers[depth] ??= []
    layers[depth].push(table)
  }
  return layers.map((layer) => layer.toSorted((one, other) => one - other))
}

/** Without recursion: chains of references may be long. */
function depthsOf(parents: ReadonlyMap<number, readonly number[]>): ReadonlyMap<number, number> {
  const depths = new Map<number, number>()
  const under = new Set<number>()
  for (const start of parents.keys()) {
    const path = depths.has(start) ? [] : [start]
    while (path.length > 0) {
      const table = path.at(-1)!
      under.add(table)
      const next = parents.get(table)!.find((one) => !depths.has(one) && !under.has(one))
      if (next !== undefined) {
        path.push(next)
        continue
      }
      depths.set(table, Math.max(-1, ...parents.get(table)!.map((one) => depths.get(one) ?? -1)) + 1)
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
