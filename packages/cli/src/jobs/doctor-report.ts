import type { MissingRight, ServerFacts } from '@albackup/core'
import type { ExpectedFailure } from '../failures/expected-failure.ts'

/** The object of `doctor --json`. */
export interface DoctorReport {
  readonly albackup: string
  readonly node: string
  readonly platform: string
  /** Of this installation and its configuration. */
  readonly checks: readonly Check[]
  readonly databases: readonly DatabaseReport[]
}

export interface Check {
  /** What was looked at: 'node', 'codecs', 'backup folder', … */
  readonly subject: string
  /** 'fault': something will fail; 'advice': something could be better. */
  readonly state: 'good' | 'advice' | 'fault'
  /** What was found. */
  readonly message: string
  /** What to do about it; absent when it is good. */
  readonly hint?: string
}

export interface DatabaseReport {
  readonly role: 'source' | 'target'
  /** The connection, without its password; for one that could not be made out, what the configuration calls it. */
  readonly database: string
  /** null when it was not reached. */
  readonly server: ServerFacts | null
  readonly checks: readonly Check[]
  /** null when the dialect cannot tell, or the database was not reached. */
  readonly missingRights: readonly MissingRight[] | null
  /** Why it could not be examined. */
  readonly failure: ExpectedFailure | null
}

/** Everything without which a dump or a restore fails. */
export function faultsOf({ checks, databases }: DoctorReport): readonly string[] {
  return [
    ...[...checks, ...databases.flatMap((database) => database.checks)]
      .filter(({ state }) => state === 'fault')
      .map(({ message }) => message),
    ...databases
      .flatMap(({ missingRights }) => missingRights ?? [])
      .filter(({ severity }) => severity === 'needed')
      .map(({ right }) => right),
  ]
}
