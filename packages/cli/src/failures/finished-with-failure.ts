import { AlbackupError } from '@albackup/core'
import type { ExpectedFailure } from './expected-failure.ts'

/** The job went on after a failure and its report is whole. Under --json the report stands beside the error. */
export class FinishedWithFailure extends AlbackupError {
  readonly code: string
  readonly exitStatus: number
  readonly report: object

  constructor(failure: ExpectedFailure, report: object) {
    super(failure.message, { ...(failure.hint === undefined ? {} : { hint: failure.hint }), cause: failure })
    this.code = failure.code
    this.exitStatus = failure.exitStatus
    this.report = report
  }
}
