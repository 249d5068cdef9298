import { inspect } from 'node:util'
import type { TestConfiguration, TestedDatabase } from '../configuration/test-configuration.ts'
import { describeConnection } from '../connections/connection-url.ts'
import type { FoundConnection } from '../connections/find-source.ts'
import { asExpectedFailure, type ExpectedFailure } from '../failures/expected-failure.ts'
import { schemaWords } from '../reporter/compare-summary.ts'
import { countOf } from '../reporter/quantities.ts'
import type { JobTools } from './job-room.ts'
import { startStopwatch } from './stopwatch.ts'
import { type PlannedTest, planTests } from './test-all-plan.ts'
import { type RoundTrip, type TestOptions, testDatabase } from './test-database.ts'

const BUG_STATUS = 1

/** The object of `test-all --json`, and of summary.json. */
export interface TestAllReport {
  readonly file: string
  readonly databases: readonly DatabaseReport[]
  readonly passed: number
  readonly different: number
  readonly failed: number
  readonly skipped: number
  readonly seconds: number
}

/**
 * 'passed': the schema and every row are the same again, and no foreign key is broken. 'different': something is not.
 * 'failed': it did not come to that.
 */
export type Verdict = 'passed' | 'different' | 'failed' | 'skipped'

export interface DatabaseReport {
  readonly name: string
  readonly comment: string | null
  readonly verdict: Verdict
  /** Why it did not pass: a sentence; null when it did. */
  readonly reason: string | null
  /** Without their passwords; null when skipped. */
  readonly source: string | null
  readonly scratch: string | null
  readonly seconds: number
  /** null when it was skipped or failed. */
  readonly roundTrip: RoundTrip | null
  readonly error: (Pick<ExpectedFailure, 'code' | 'exitStatus' | 'message'> & { readonly hint?: string }) | null
}

export interface TestAllListener {
  /** Before a database: 'northwind', 1 of 3. */
  begin(name: string, number: number, of: number): void
  end(report: DatabaseReport): Promise<void>
}

/** Tests the databases one after another; one that fails does not stop the others. */
export async function testAll(
  configuration: TestConfiguration,
  options: TestOptions,
  tools: JobTools,
  listener: TestAllListener,
): Promise<TestAllReport> {
  const elapsed = startStopwatch()
  const planned = await planTests(configuration, tools)
  const databases: DatabaseReport[] = []
  for (const database of configuration.databases) {
    const test = planned.find((one) => one.database === database)
    if (test !== undefined) listener.begin(database.name, planned.indexOf(test) + 1, planned.length)
    const report = test === undefined ? skipped(database) : await reportOn(test, options, tools)
    databases.push(report)
    await listener.end(report)
  }
  const count = (verdict: Verdict) => databases.filter((one) => one.verdict === verdict).length
  return {
    file: configuration.file,
    databases,
    passed: count('passed'),
    different: count('different'),
    failed: count('failed'),
    skipped: count('skipped'),
    seconds: elapsed(),
  }
}

function skipped({ name, comment }: TestedDatabase): DatabaseReport {
  const nothing = { source: null, scratch: null, seconds: 0, roundTrip: null, error: null }
  return { name, comment, verdict: 'skipped', reason: 'the file says "skip": true', ...nothing }
}

async function reportOn(test: PlannedTest, options: TestOptions, tools: JobTools): Promise<DatabaseReport> {
  const elapsed = startStopwatch()
  const { database, source, scratch } = test
  const { name, comment } = database
  const head = { name, comment, source: placeOf(source), scratch: placeOf(scratch) }
  try {
    const roundTrip = await testDatabase(test, options, tools)
    const reason = whyDifferent(roundTrip)
    const verdict = reason === null ? 'passed' : 'different'
    return { ...head, verdict, reason, seconds: elapsed(), roundTrip, error: null }
  } catch (error) {
    if (tools.context.signal.aborted) throw error
    tools.context.debug(inspect(error))
    const failure = failureOf(error)
    return { ...head, verdict: 'failed', reason: failure.message, seconds: elapsed(), roundTrip: null, error: failure }
  }
}

function placeOf({ plugged, connection }: FoundConnection): string {
  return describeConnection(plugged.dialect.name, connection)
}

function whyDifferent({ comparison, violations }: RoundTrip): string | null {
  const broken = violations?.length ?? 0
  const differing = comparison.tables.filter(({ verdict }) => verdict === 'different').length
  const reasons = [
    ...(comparison.differences.length === 0 ? [] : [`the schema has ${schemaWords(comparison)}`]),
    ...(differing === 0 ? [] : [`the rows of ${countOf(differing, 'table')} differ`]),
    ...(broken === 0 ? [] : [`${countOf(broken, 'foreign key is', 'foreign keys are')} broken`]),
  ]
  return reasons.length === 0 ? null : reasons.join('; ')
}

/** A bug is told too, and stops the others no more than a failure that was to be expected. */
function failureOf(error: unknown): NonNullable<DatabaseReport['error']> {
  const failure = asExpectedFailure(error, 'albackup test-all')
  if (failure === undefined) {
    const message = error instanceof Error ? error.message : String(error)
    return {
      code: 'ALB_BUG',
      exitStatus: BUG_STATUS,
      message,
      hint: 'Please report it; --debug shows the whole story.',
    }
  }
  const { code, exitStatus, message, hint } = failure
  return { code, exitStatus, message, ...(hint === undefined ? {} : { hint }) }
}
