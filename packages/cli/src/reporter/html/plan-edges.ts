import type { Box, Layout } from './plan-layout.ts'

type Edges = Layout['edges']

/** Ends at the same side of a box keep at least so far from its corners, and at most so far from each other. */
const [CORNER, APART] = [6, 9]

/** A path for each edge, in pixels: from the left side of the child, with a crow's foot, to the right side of the parent. */
export function edgePaths(edges: Edges, boxes: readonly Box[]): readonly string[] {
  const starts = endsAt(edges, boxes, 'from', 'to')
  const ends = endsAt(edges, boxes, 'to', 'from')
  return edges.map(({ from, to }, i) => {
    const [child, parent] = [boxes[from]!, boxes[to]!]
    if (from === to) return loop(child)
    return curve({ x: child.x, y: starts[i]! }, { x: parent.x + parent.width, y: ends[i]! }, child.width)
  })
}

interface Point {
  readonly x: number
  readonly y: number
}

function curve(start: Point, end: Point, boxWidth: number): string {
  const bend = Math.max(30, Math.abs(start.x - end.x) / 3)
  // Over the boxes between two that stand on about one line.
  const lift = Math.abs(start.y - end.y) < APART * 2 && start.x - end.x > boxWidth ? 36 : 0
  const line = `M${start.x} ${start.y} C${start.x - bend} ${start.y - lift} ${end.x + bend} ${end.y - lift} ${end.x} ${end.y}`
  return `${line} M${start.x - 9} ${start.y} l9 -5 m-9 5 l9 5 M${end.x + 6} ${end.y - 5} v10`
}

/** A table that refers to itself. */
function loop({ x, y, width, height }: Box): string {
  const [right, bottom] = [x + width, y + height]
  return `M${right} ${bottom - 14} c26 -4 22 22 -12 14`
}

/** The height at which each edge meets its box: ends in the order of the boxes on the other side, so that they do not cross. */
function endsAt(edges: Edges, boxes: readonly Box[], near: 'from' | 'to', far: 'from' | 'to'): readonly number[] {
  const heights: number[] = []
  for (const [box, { y, height }] of boxes.entries()) {
    const across = [...edges.keys()].filter((edge) => edges[edge]![near] === box && edges[edge]![far] !== box)
    const sorted = across.toSorted((one, other) => boxes[edges[one]![far]]!.y - boxes[edges[other]![far]]!.y)
    const step = Math.min(APART, (height - 2 * CORNER) / Math.max(1, sorted.length - 1))
    const first = y + height / 2 - (step * (sorted.length - 1)) / 2
    for (const [place, edge] of sorted.entries()) heights[edge] = first + place * step
  }
  return heights
}
