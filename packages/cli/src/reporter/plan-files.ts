import { join } from 'node:path'
import type { PlanReport } from '../jobs/plan-report.ts'
import { writeReport } from './write-report.ts'

/** One file for each object that somebody has to write anew, by kind. Gives the paths, in the order of the objects. */
export async function writeObjects(folder: string, objects: PlanReport['byHand']): Promise<readonly string[]> {
  const taken = new Set<string>()
  const paths: string[] = []
  for (const { kind, object, text } of objects) {
    const path = join(folder, freeName(`${safeName(kind)}/${safeName(object)}`, taken))
    await writeReport(path, text.endsWith('\n') ? text : `${text}\n`)
    paths.push(path)
  }
  return paths
}

const LONGEST_NAME = 120

/** Letters, digits and a few marks that no file system minds; never a path, never hidden. */
function safeName(name: string): string {
  const safe = name.replaceAll(/[^\p{L}\p{N}._ -]/gu, '_').replace(/^[. ]+|[. ]+$/g, '_')
  return [...safe].slice(0, LONGEST_NAME).join('') || '_'
}

/** Some file systems take names that differ in case for one. */
function freeName(name: string, taken: Set<string>): string {
  let free = name
  for (let n = 2; taken.has(free.toLowerCase()); n++) free = `${name}-${n}`
  taken.add(free.toLowerCase())
  return `${free}.sql`
}
