import { SEVERITIES } from '../plan-severity.ts'
import type { PlannedTableView } from '../plan-tables.ts'
import { formatCount } from '../quantities.ts'
import { type Html, html } from './html.ts'
import { TONES } from './plan-badges.ts'
import { edgePaths } from './plan-edges.ts'
import { type Box, layOut } from './plan-layout.ts'

const LONGEST_NAME = 27

/** The tables and the foreign keys among them, with a crow's foot at the child; each box leads to the table's place in the page. */
export function diagram(views: readonly PlannedTableView[]): Html {
  const { width, height, boxes, edges } = layOut(
    views.map(({ table: { source, references } }) => ({
      name: source,
      references: references.map((one) => one.references),
    })),
  )
  const paths = edgePaths(edges, boxes)
  return html`<div class="scroll"><svg class="diagram" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="group" aria-label="tables and foreign keys">
${edges.map(
  ({ from, to }, i) => html`<path d="${paths[i]!}" data-from="${from}" data-to="${to}"/>
`,
)}${boxes.map((box, i) => tableBox(box, views[i]!, i))}</svg></div>`
}

/** The stripe at its left says how bad the worst finding is. */
function tableBox({ x, y, width, height }: Box, { table, findings }: PlannedTableView, i: number): Html {
  const { source, rows } = table
  const letters = [...source]
  const name = letters.length > LONGEST_NAME ? `${letters.slice(0, LONGEST_NAME - 1).join('')}…` : source
  const worst = SEVERITIES.find((severity) => findings.some((finding) => finding.severity === severity))
  const tone = worst === undefined ? 'fine' : TONES[worst]
  return html`<a href="#table-${i}" data-table="${i}"><title>${source}, ${formatCount(rows)} rows</title><rect x="${x}" y="${y}" width="${width}" height="${height}" rx="4"/><rect class="stripe ${tone}" x="${x}" y="${y + 4}" width="3" height="${height - 8}"/><text x="${x + 11}" y="${y + 15}">${name}</text><text class="rows" x="${x + 11}" y="${y + 29}">${formatCount(rows)} rows</text></a>
`
}
