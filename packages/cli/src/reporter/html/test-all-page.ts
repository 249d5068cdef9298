import type { DatabaseReport, TestAllReport, Verdict } from '../../jobs/test-all.ts'
import type { RoundTrip } from '../../jobs/test-database.ts'
import { countOf, formatCount, formatSeconds } from '../quantities.ts'
import { reportName } from '../test-all-reports.ts'
import { reasonWords, verdictCounts } from '../test-all-summary.ts'
import { comparison } from './compare-page.ts'
import { type Html, html, when } from './html.ts'
import { page } from './page.ts'

const TONES: Readonly<Record<Verdict, string>> = { passed: 'good', different: 'bad', failed: 'bad', skipped: 'soft' }

/** All databases, with a link to the page of each. */
export function indexPage(report: TestAllReport, made: Date): string {
  return page(
    `test of ${report.file}`,
    html`<h1>${verdictCounts(report)}</h1>
<p class="soft">${report.file}, tested by albackup in ${formatSeconds(report.seconds)} until ${moment(made)}</p>
<p class="tools"><label>Filter<input id="filter" type="search"></label><label><input id="only-bad" type="checkbox"> only what is different or failed</label></p>
<div class="scroll"><table class="list"><thead><tr><th>database</th><th>verdict</th><th class="number">tables</th><th class="number">rows</th><th class="number">seconds</th><th>why</th></tr></thead><tbody>
${report.databases.map(indexRow)}</tbody></table></div>`,
  )
}

function indexRow(report: DatabaseReport): Html {
  const { name, verdict, roundTrip, seconds } = report
  const fine = TONES[verdict] === 'bad' ? 'no' : 'yes'
  const number = (value: number | undefined) =>
    html`<td class="number" data-key="${value ?? -1}">${value === undefined ? '' : formatCount(value)}</td>`
  return html`<tr data-fine="${fine}"><td><a href="${encodeURIComponent(reportName(name))}.html">${name}</a></td><td>${verdictWord(verdict)}</td>${number(
    roundTrip?.tables,
  )}${number(roundTrip?.rows)}<td class="number" data-key="${seconds}">${verdict === 'skipped' ? '' : formatSeconds(seconds)}</td><td>${reasonWords(report)}</td></tr>
`
}

/** One database: how the restore went, then the comparison. */
export function databasePage(report: DatabaseReport, made: Date): string {
  const { name, comment, verdict, reason, source, scratch, seconds, roundTrip, error } = report
  return page(
    `${name}: ${verdict}`,
    html`<h1>${name}: ${verdictWord(verdict)}</h1>
<p class="soft">tested by albackup in ${formatSeconds(seconds)} until ${moment(made)}; <a href="index.html">all databases</a></p>
${when(reason !== null, () => html`<p>${reason ?? ''}</p>`)}
${when(error?.hint !== undefined, () => html`<p class="soft">Hint: ${error?.hint ?? ''}</p>`)}
<dl>${line('comment', comment)}${line('database', source)}${line('restored into', scratch)}${line('backup', roundTrip?.backup ?? null)}</dl>
${roundTrip === null ? html`` : roundTripParts(roundTrip)}`,
  )
}

function roundTripParts(roundTrip: RoundTrip): Html {
  const { tables, rows, comparison: compared } = roundTrip
  return html`<h2>Restore: ${countOf(rows, 'row')} in ${countOf(tables, 'table')}</h2>
${integrity(roundTrip)}${losses(roundTrip)}${findings(roundTrip)}
<h2>Backup (A) and restored database (B)</h2>
${comparison(compared)}`
}

function integrity({ violations }: RoundTrip): Html {
  if (violations === null) return html`<p>Referential integrity was not checked.</p>`
  if (violations.length === 0) return html`<p>Every row has its parent.</p>`
  return html`<p class="bad">${countOf(violations.length, 'foreign key is', 'foreign keys are')} broken:</p>
<ul>${violations.map(
    ({ table, foreignKey, rows, samples }) =>
      html`<li>${table}, ${foreignKey}: ${countOf(rows, 'row')} without a parent${samples.length === 0 ? '' : `, for example ${samples.slice(0, 3).join('; ')}`}</li>`,
  )}</ul>`
}

function losses({ losses: all }: RoundTrip): Html {
  if (all.length === 0) return html`<p>No value was altered.</p>`
  return html`<p class="bad">Values were altered:</p>
<ul>${all.map(({ table, column, kind, count }) => html`<li>${table}.${column}: ${countOf(count, 'value')}, ${kind}</li>`)}</ul>`
}

function findings({ findings: all }: RoundTrip): Html {
  if (all.length === 0) return html``
  return html`<div class="scroll"><table class="list"><thead><tr><th>finding</th><th>kind</th><th>object</th><th>message</th></tr></thead><tbody>
${all.map(
  ({ severity, kind, object, message }) =>
    html`<tr data-fine="${severity === 'info' ? 'yes' : 'no'}"><td>${severity}</td><td>${kind}</td><td class="mono">${object}</td><td>${message}</td></tr>
`,
)}</tbody></table></div>`
}

function verdictWord(verdict: Verdict): Html {
  return html`<span class="verdict ${TONES[verdict]}">${verdict}</span>`
}

function line(title: string, text: string | null): Html {
  return when(text !== null, () => html`<dt>${title}</dt><dd>${text ?? ''}</dd>`)
}

function moment(made: Date): string {
  return `${made.toISOString().slice(0, 16).replace('T', ' ')} UTC`
}
