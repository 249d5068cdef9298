import { type PlannedStatement, type RestorePlan, type SchemaPart, TargetError } from '@albackup/core'
import { describe, expect, it } from 'vitest'
import { createSchema } from './create-schema.ts'
import { type Refuse, ScriptedSession, serverFailure } from './testing/scripted-session.ts'

const statement = (sql: string, facts: Partial<PlannedStatement> = {}): PlannedStatement => ({
  object: sql,
  kind: 'thing',
  sql,
  optional: true,
  ...facts,
})

const planOf = (part: SchemaPart, statements: readonly PlannedStatement[]): RestorePlan => ({
  dialect: 'mssql',
  tables: [],
  findings: [],
  existing: [],
  statements: { tables: [], keys: [], references: [], values: [], objects: [], [part]: statements },
})

async function create(part: SchemaPart, statements: readonly PlannedStatement[], refuse?: Refuse) {
  const session = new ScriptedSession(refuse)
  const findings = await createSchema(session.execute, planOf(part, statements), part)
  return { session, findings }
}

/** A statement named `b<a` needs `a` to be there. */
function needing(): Refuse {
  const there = new Set<string>()
  return (sql) => {
    const [name, needed] = sql.split('<')
    if (needed !== undefined && !there.has(needed)) return serverFailure(`Invalid object name '${needed}'.`)
    there.add(name!)
    return undefined
  }
}

describe('a part of a schema', () => {
  it('of tables is made in one transaction, what needs something later in rounds', async () => {
    const { session, findings } = await create(
      'tables',
      ['c<b', 'b<a', 'a'].map((sql) => statement(sql)),
      needing(),
    )
    expect(findings).toEqual([])
    expect(session.done).toEqual(['a', 'b<a', 'c<b'])
    expect(session.sent.filter((sql) => sql.includes('transaction'))).toEqual([
      'set xact_abort off begin transaction',
      'commit transaction',
    ])
  })

  it('of tables leaves nothing behind when one of them cannot be made', async () => {
    const session = new ScriptedSession(needing())
    const plan = planOf('tables', [statement('a'), statement('b<nothing', { optional: false })])
    const failure = createSchema(session.execute, plan, 'tables')
    await expect(failure).rejects.toThrow(TargetError)
    await expect(failure).rejects.toThrow("cannot create b<nothing: Invalid object name 'nothing' (error 208)")
    expect(session.done).toEqual([])
  })

  it('of tables is made one by one where the server gives up the transaction', async () => {
    const refuse: Refuse = (sql) => (sql === 'b' ? 'rolls back' : undefined)
    const { session, findings } = await create(
      'tables',
      ['a', 'b', 'c'].map((sql) => statement(sql)),
      refuse,
    )
    expect(session.done).toEqual(['a', 'c'])
    expect(findings).toEqual([
      { severity: 'lost', kind: 'thing', object: 'b', message: 'is left out, the server refused: no b (error 208)' },
    ])
  })

  it('goes on with what needed an object, when that was made otherwise', async () => {
    const finding = { severity: 'changed', kind: 'table', object: 'a', message: 'is otherwise' } as const
    const taken = needing()
    const refuse: Refuse = (sql) => (sql === 'a!' ? serverFailure('not so') : taken(sql))
    const statements = [statement('a!', { fallback: { sql: 'a', finding } }), statement('b<a')]
    const { session, findings } = await create('objects', statements, refuse)
    expect(session.done).toEqual(['a', 'b<a'])
    expect(findings).toEqual([{ ...finding, message: 'is otherwise: not so (error 208)' }])
  })

  it.each(['keys', 'references', 'values'] as const)('of %s is tried once: it is long work', async (part) => {
    const { session, findings } = await create(
      part,
      ['b<a', 'a'].map((sql) => statement(sql)),
      needing(),
    )
    expect(session.sent).toEqual(['b<a', 'a'])
    expect(findings).toHaveLength(1)
  })

  it.each([
    ['a lost connection', Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' })],
    ['a full log', serverFailure('The log is full.', 9002, 17)],
    ['a session that was ended', serverFailure('killed', 596, 21)],
  ])('ends with %s', async (_, error) => {
    const session = new ScriptedSession((sql) => (sql === 'a' ? error : undefined))
    await expect(
      createSchema(session.execute, planOf('objects', [statement('a'), statement('b')]), 'objects'),
    ).rejects.toThrow(TargetError)
    expect(session.done).toEqual([])
  })

  it('sets back the settings of a statement, also when it fails', async () => {
    const statements = [statement('set ansi_nulls off\nset quoted_identifier off\ngo\nbad'), statement('good')]
    const { session } = await create('objects', statements, (sql) => (sql === 'bad' ? serverFailure('bad') : undefined))
    expect(session.sent.slice(0, 4)).toEqual([
      'set ansi_nulls off\nset quoted_identifier off',
      'bad',
      'set ansi_nulls on\nset quoted_identifier on',
      'good',
    ])
  })
})
