import { inspect } from 'node:util'
import type { Terminal } from '../terminal/terminal.ts'
import { asExpectedFailure, type ExpectedFailure } from './expected-failure.ts'
import { FinishedWithFailure } from './finished-with-failure.ts'
import { FinishedWithFaults } from './finished-with-faults.ts'

export interface FailureContext {
  readonly terminal: Terminal
  /** As the user would type it: `albackup dump`. */
  readonly command: string
  /** For a bug report: version, Node, platform. */
  readonly program: string
  readonly json: boolean
  readonly debug: boolean
}

const BUG_STATUS = 1

/** Tells the user, and gives the exit status. A bug looks different from a failure that was to be expected. */
export function showFailure(error: unknown, context: FailureContext): number {
  const failure = asExpectedFailure(error, context.command)
  if (failure === undefined) return showBug(error, context)
  const { terminal, debug, json } = context
  terminal.tell(failure.message, 'error')
  if (failure.hint !== undefined) terminal.tell(`Hint: ${failure.hint}`)
  if (debug) terminal.tell(inspect(error), 'quiet')
  if (json) terminal.printJson({ ...reportOf(error), error: plain(failure) })
  return failure.exitStatus
}

function showBug(error: unknown, { terminal, program, json }: FailureContext): number {
  terminal.tell(inspect(error), 'error')
  terminal.tell(
    `This is a bug in albackup or in one of its plugins (${program}). Please report it with the lines above.`,
  )
  const message = error instanceof Error ? error.message : String(error)
  if (json) terminal.printJson({ error: { code: 'ALB_BUG', message, hint: 'Please report it.' } })
  return BUG_STATUS
}

function reportOf(error: unknown): object {
  return error instanceof FinishedWithFaults || error instanceof FinishedWithFailure ? error.report : {}
}

function plain({ code, message, hint }: ExpectedFailure) {
  return { code, message, ...(hint === undefined ? {} : { hint }) }
}
