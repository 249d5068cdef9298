import type { Execute } from '../create-schema.ts'

/** An error as tedious gives one that the server sent. */
export function serverFailure(message: string, number = 208, severity = 16): Error {
  return Object.assign(new Error(message), { code: 'EREQUEST', number, class: severity })
}

/** What a server does with a statement: nothing but take it, or refuse it; 'rolls back' ends the transaction, too. */
export type Refuse = (sql: string) => Error | 'rolls back' | undefined

/** A session that counts its transactions as a server does, and keeps what was sent. */
export class ScriptedSession {
  readonly sent: string[] = []
  /** What is there: taken by no transaction, or by one that was committed. */
  readonly done: string[] = []
  private open: string[] | undefined
  private readonly refuse: Refuse

  constructor(refuse: Refuse = () => undefined) {
    this.refuse = refuse
  }

  readonly execute: Execute = async (sql) => {
    this.sent.push(sql)
    if (sql.endsWith('begin transaction')) this.open = []
    else if (sql === 'commit transaction') this.end(this.open)
    else if (sql.includes('rollback transaction')) this.open = undefined
    else if (sql.includes('raiserror')) this.requireTransaction()
    else this.run(sql)
  }

  private run(sql: string): void {
    const refusal = this.refuse(sql)
    if (refusal === 'rolls back') this.open = undefined
    if (refusal !== undefined) throw refusal === 'rolls back' ? serverFailure(`no ${sql}`) : refusal
    if (this.open === undefined) this.done.push(sql)
    else this.open.push(sql)
  }

  private end(statements: readonly string[] | undefined): void {
    if (statements === undefined) throw serverFailure('no transaction', 3902)
    this.done.push(...statements)
    this.open = undefined
  }

  private requireTransaction(): void {
    if (this.open === undefined) throw serverFailure('lost', 50000)
  }
}
