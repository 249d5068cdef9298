import type { TableReport } from '../../jobs/plan-report.ts'
import { formatCount } from '../quantities.ts'
import { type Html, html } from './html.ts'
import { type Box, layOut } from './plan-layout.ts'

const LONGEST_NAME = 27

/** The tables and the foreign keys among them; each box leads to the table's place in the page. */
export function diagram(tables: readonly TableReport[]): Html {
  const { width, height, boxes, edges } = layOut(
    tables.map(({ source, references }) => ({ name: source, references: references.map((one) => one.references) })),
  )
  return html`<div class="scroll"><svg class="diagram" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="tables and foreign keys">
${edges.map(({ from, to }) => edgePath(boxes[from]!, boxes[to]!, from, to))}${boxes.map((box, i) => tableBox(box, tables[i]!, i))}</svg></div>`
}

function tableBox({ x, y, width, height }: Box, { source, rows }: TableReport, i: number): Html {
  const name = source.length > LONGEST_NAME ? `${source.slice(0, LONGEST_NAME - 1)}…` : source
  return html`<a href="#table-${i}" data-table="${i}"><title>${source}, ${formatCount(rows)} rows</title><rect x="${x}" y="${y}" width="${width}" height="${height}" rx="4"/><text x="${x + 8}" y="${y + 15}">${name}</text><text class="rows" x="${x + 8}" y="${y + 29}">${formatCount(rows)} rows</text></a>
`
}

/** From the left side of the child to the right side of the parent; to itself as a loop at the side. */
function edgePath(child: Box, parent: Box, from: number, to: number): Html {
  const [startX, startY] = [child.x, child.y + child.height / 2]
  const [endX, endY] = [parent.x + parent.width, parent.y + parent.height / 2]
  const bend = Math.max(30, Math.abs(startX - endX) / 3)
  // Over the boxes between two that stand on one line.
  const lift = startY === endY && startX - endX > child.width ? child.height : 0
  const path =
    from === to
      ? `M${endX} ${endY - 6} c24 -12 24 24 0 12`
      : `M${startX} ${startY} C${startX - bend} ${startY - lift} ${endX + bend} ${endY - lift} ${endX} ${endY}`
  return html`<path d="${path}" data-from="${from}" data-to="${to}"/>
`
}
