import type { Difference, DifferentRow, Side, TableComparison } from '@albackup/core'
import type { CompareReport, SideReport } from '../../jobs/compare-sides.ts'
import { schemaWords } from '../compare-summary.ts'
import { formatCount, formatSeconds } from '../quantities.ts'
import { type Html, html, when } from './html.ts'
import { page } from './page.ts'

/** The whole of a comparison as one page. */
export function comparePage(report: CompareReport, made: Date): string {
  const { a, b, seconds } = report
  return page(
    `${a.name} and ${b.name}`,
    html`<h1>${verdict(report)}</h1>
<p class="soft">compared by albackup on ${made.toISOString().slice(0, 16).replace('T', ' ')} UTC in ${formatSeconds(seconds)}</p>
${comparison(report)}`,
  )
}

/** The comparison without the frame of a page. */
export function comparison(report: CompareReport): Html {
  const { a, b, differences, tables, notCompared } = report
  return html`<dl>${sideLines('A', a)}${sideLines('B', b)}</dl>
<p class="tools"><label>Filter<input id="filter" type="search"></label><label><input id="only-bad" type="checkbox"> only what differs</label></p>
<h2>Schema: ${schemaWords(report)}</h2>
${when(differences.length > 0, () => differenceTable(differences))}
<h2>Rows: ${rowWords(tables)}</h2>
${when(tables.length > 0, () => rowTable(tables))}
${tables.map(differentRowTable)}
${when(notCompared.length > 0, () => notComparedList(notCompared))}`
}

function verdict({ equal }: CompareReport): Html {
  return equal
    ? html`<span class="verdict good">A and B are equal</span>`
    : html`<span class="verdict bad">A and B differ</span>`
}

function sideLines(side: string, { name, kind, consistency }: SideReport): Html {
  const of = kind === 'backup' ? 'backup' : 'live database'
  return html`<dt>${side}</dt><dd><span class="mono">${name}</span> <span class="soft">${of}${
    consistency === null ? '' : `; ${consistency}`
  }</span></dd>`
}

function differenceTable(differences: readonly Difference[]): Html {
  return html`<div class="scroll"><table class="list"><thead><tr><th>object</th><th>part</th><th>aspect</th><th>A</th><th>B</th></tr></thead><tbody>
${differences.map(differenceRow)}</tbody></table></div>`
}

function differenceRow({ object, kind, name, aspect, a, b, sentence }: Difference): Html {
  const isWhole = object.kind === kind && object.name === name
  return html`<tr title="${sentence}"><td>${titleOf(object)}</td><td>${isWhole ? '' : titleOf({ kind, name })}</td><td>${aspect}</td><td class="a">${value(a)}</td><td class="b">${value(b)}</td></tr>
`
}

function titleOf({ kind, name }: { readonly kind: string; readonly name: string }): Html {
  return html`<span class="soft">${kind}</span> <span class="mono">${name}</span>`
}

/** Of values that are longer than this, or have lines, the first line is shown until they are unfolded. */
const LONGEST = 160

function value(text: string | null): Html {
  if (text === null) return html`<span class="soft">none</span>`
  if (text.length <= LONGEST && !text.includes('\n')) return html`<span class="mono">${text}</span>`
  const first = text.trimStart().split('\n', 1)[0]!.slice(0, LONGEST)
  return html`<details><summary class="mono">${first} …</summary><pre>${text}</pre></details>`
}

function rowWords(tables: readonly TableComparison[]): string {
  if (tables.length === 0) return 'none compared'
  const differing = tables.filter(({ verdict }) => verdict === 'different').length
  const of = `${formatCount(tables.length)} ${tables.length === 1 ? 'table' : 'tables'}`
  return differing === 0 ? `the same in ${of}` : `${formatCount(differing)} of ${of} differ`
}

function rowTable(tables: readonly TableComparison[]): Html {
  return html`<div class="scroll"><table class="list"><thead><tr><th>table</th><th class="number">rows in A</th><th class="number">rows in B</th><th>verdict</th><th>not compared</th></tr></thead><tbody>
${tables.map(tableRow)}</tbody></table></div>`
}

const TONES: Readonly<Record<TableComparison['verdict'], string>> = {
  equal: 'good',
  'same count': 'warn',
  different: 'bad',
}

function tableRow({ table, a, b, verdict, leftOut }: TableComparison): Html {
  const digests = `digest ${a.digest ?? 'not taken'} in A, ${b.digest ?? 'not taken'} in B`
  return html`<tr data-fine="${verdict === 'different' ? 'no' : 'yes'}"><td class="mono">${table}</td><td class="number" data-key="${a.rows}">${formatCount(a.rows)}</td><td class="number" data-key="${b.rows}">${formatCount(b.rows)}</td><td title="${digests}"><span class="${TONES[verdict]}">${verdict}</span></td><td>${leftOut.map(
    ({ column, reason }) => html`<div><span class="mono">${column}</span>: ${reason}</div>`,
  )}</td></tr>
`
}

function differentRowTable({ table, differentRows }: TableComparison): Html {
  if (differentRows.length === 0) return html``
  return html`<h2>Some rows of ${table} that differ</h2>
<div class="scroll"><table class="list"><thead><tr><th>row</th><th>column</th><th>A</th><th>B</th></tr></thead><tbody>
${differentRows.flatMap(differentRowLines)}</tbody></table></div>`
}

function differentRowLines({ key, only, values }: DifferentRow): readonly Html[] {
  const row = html`<td>${key.map(
    ({ column, value: of }) => html`<div><span class="soft">${column}</span> ${cell(of)}</div>`,
  )}</td>`
  const there = (side: Side) => (only === side ? html`only here` : html`<span class="soft">none</span>`)
  if (only !== null) {
    return [
      html`<tr>${row}<td></td><td class="a">${there('A')}</td><td class="b">${there('B')}</td></tr>
`,
    ]
  }
  return values.map(
    ({ column, a, b }) =>
      html`<tr>${row}<td class="mono">${column}</td><td class="a">${cell(a)}</td><td class="b">${cell(b)}</td></tr>
`,
  )
}

function cell(text: string | null): Html {
  return text === null ? html`<span class="soft">NULL</span>` : value(text)
}

function notComparedList(sentences: readonly string[]): Html {
  return html`<h2>Not compared</h2>
<ul>${sentences.map((sentence) => html`<li>${sentence}</li>`)}</ul>`
}
