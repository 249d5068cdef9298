import { DataError } from '@albackup/core'

/** The job is done and its report is whole, but the data breaks a rule. Under --json the report stands beside the error. */
export class FinishedWithFaults extends DataError {
  readonly report: object

  constructor(message: string, hint: string, report: object) {
    super(message, { hint })
    this.report = report
  }
}
