import { join } from 'node:path'
import type { DatabaseReport, TestAllReport } from '../jobs/test-all.ts'
import { databasePage, indexPage } from './html/test-all-page.ts'
import { writeReport } from './write-report.ts'

/** Writes `diff-<name>.html` and `diff-<name>.json` of one database, as soon as it was tested. */
export async function writeDatabaseReport(folder: string, report: DatabaseReport): Promise<void> {
  const name = reportName(report.name)
  await writeReport(join(folder, `${name}.json`), jsonText(report))
  await writeReport(join(folder, `${name}.html`), databasePage(report, new Date()))
}

/** Writes `index.html` and `summary.json`. */
export async function writeIndex(folder: string, report: TestAllReport): Promise<void> {
  await writeReport(join(folder, 'summary.json'), jsonText(report))
  await writeReport(join(folder, 'index.html'), indexPage(report, new Date()))
}

/** The file of a database without its ending; what a file's name cannot hold is percent-encoded. */
export function reportName(database: string): string {
  const safe = database
    .toWellFormed()
    .replaceAll(/[^\p{L}\p{N}_.-]/gu, (character) =>
      [...Buffer.from(character)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
    )
  return `diff-${safe}`
}

function jsonText(report: object): string {
  return `${JSON.stringify(report, null, 2)}\n`
}
