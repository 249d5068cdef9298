import {
  CannotCarryError,
  type Column,
  type Expression,
  type LogicalType,
  RefusedError,
  type SchemaModel,
  type SchemaPart,
  type Table,
} from '@albackup/core'
import { isPlainLane } from '@albackup/testkit/postgres-server'
import { sampleColumn, sampleForeignKey, sampleKey, sampleModel, sampleTable } from '@albackup/testkit/sample'
import { describe, expect, it } from 'vitest'
import { postgres } from './index.ts'
import { type TestTarget, usePostgres } from './testing/test-target.ts'

const openTarget = usePostgres()

const INT: LogicalType = { kind: 'integer', bits: 32, signed: true }
const NAME: LogicalType = { kind: 'text', length: 40, unit: 'utf16', fixed: false }
const TEXT: LogicalType = { kind: 'text', length: null, unit: 'utf16', fixed: false }

const id = sampleColumn('id', INT)
const column = (name: string): Expression => ({ kind: 'column', name })
const number = (digits: string): Expression => ({ kind: 'literal', value: { type: 'integer', digits } })
const binary = (left: Expression, operator: '>' | '+' | '/', right: Expression): Expression => ({
  kind: 'binary',
  operator,
  left,
  right,
})
const check = (name: string, meaning: Expression) => ({
  name,
  systemNamed: false,
  expression: { native: `(${name})`, meaning },
  enabled: true,
  trusted: true,
})
const index = (name: string, columns: readonly string[], facts: object = {}) => ({
  name,
  unique: false,
  clustered: false,
  method: 'btree',
  columns: columns.map((one) => ({ name: one, descending: false })),
  included: [],
  enabled: true,
  ...facts,
})

type Rows = Readonly<Record<string, readonly (readonly (string | number | null)[])[]>>

/** All parts of a restore; the findings of the plan and of what was made. */
async function restore(test: TestTarget, model: SchemaModel, rows: Rows = {}) {
  const plan = await test.target.plan(model, {})
  const findings = [...plan.findings]
  const create = async (part: SchemaPart) => void findings.push(...(await test.target.createSchema(plan, part)))
  await create('tables')
  for (const table of plan.tables) await test.load(table, rows[table.source.name] ?? [])
  await create('keys')
  await create('references')
  await create('values')
  await create('objects')
  return findings.map(({ severity, kind, object, message }) => `${severity} ${kind} ${object}: ${message}`)
}

const oneTable = (
  facts: Partial<Table>,
  columns: readonly Column[] = [id, sampleColumn('name', NAME, { nullable: true })],
) => sampleModel([sampleTable('s', 't', columns, facts)])

const INDEXES = `select indexdef from pg_indexes where schemaname = 's' order by indexname`
const CONSTRAINTS = `
  select conname, pg_get_constraintdef(oid) from pg_constraint
  where connamespace = 's'::regnamespace and contype <> 'n' order by conname`

describe('keys and indexes', () => {
  it('are as in the source where PostgreSQL has the same', async () => {
    await using test = await openTarget()
    const model = oneTable({
      primaryKey: sampleKey('pk', 'id'),
      uniqueKeys: [{ ...sampleKey('UQ__t__123', 'name'), systemNamed: true }],
      indexes: [
        { ...index('by name', ['name']), columns: [{ name: 'name', descending: true }], included: ['id'] },
        index('one', ['id', 'name'], {
          unique: true,
          filter: { native: '([id]>(3))', meaning: binary(column('id'), '>', number('3')) },
        }),
      ],
    })
    const kept = test.server.version >= 150000
    const weaker = 'allows any number of rows with NULL: PostgreSQL can forbid that from 15 on'
    const findings = [`changed unique key s.t.UQ__t__123: ${weaker}`, `changed index s.t.one: ${weaker}`]
    expect(await restore(test, model)).toEqual(kept ? [] : findings)
    const nulls = kept ? ' NULLS NOT DISTINCT' : ''
    expect(await test.rows(INDEXES)).toEqual([
      ['CREATE INDEX "by name" ON s.t USING btree (name DESC) INCLUDE (id)'],
      [`CREATE UNIQUE INDEX one ON s.t USING btree (id, name)${nulls} WHERE (id > 3)`],
      ['CREATE UNIQUE INDEX pk ON s.t USING btree (id)'],
      [`CREATE UNIQUE INDEX t_name_key ON s.t USING btree (name)${nulls}`],
    ])
  })

  it('with the same name on two tables get names of their own', async () => {
    await using test = await openTarget()
    const tables = ['a', 'b'].map((name) => sampleTable('s', name, [id], { indexes: [index('ix', ['id'])] }))
    const findings = await restore(test, sampleModel(tables))
    expect(findings).toEqual([
      expect.stringMatching(
        /^changed index s\.b\.ix: is called "ix_[0-9a-f]{8}" in PostgreSQL: something else has that name$/,
      ),
    ])
    expect(await test.rows(`select count(*) from pg_indexes where schemaname = 's'`)).toEqual([['2']])
  })

  it.each<[string, object, string]>([
    [
      'is not a b-tree',
      { method: 'columnstore' },
      'lost index s.t.ix: is left out, PostgreSQL has no columnstore index of this kind',
    ],
    ['is disabled', { enabled: false }, 'lost index s.t.ix: is left out, it was disabled in the source'],
    [
      'is clustered',
      { clustered: true },
      'info index s.t.ix: was the order of the rows on disk; PostgreSQL keeps none',
    ],
    ['includes what is too wide', { included: ['long'] }, 'changed index s.t.ix: does not include long: too wide'],
    [
      'is unique with a filter that is not understood',
      { unique: true, filter: { native: '(magic)' } },
      'lost index s.t.ix: is left out, its expression is not understood: (magic)',
    ],
    [
      'has a filter that is not understood',
      { filter: { native: '(magic)' } },
      'lost index filter s.t.ix: is left out, its expression is not understood: (magic)',
    ],
  ])('are reported when one %s', async (_, facts, finding) => {
    await using test = await openTarget()
    const model = oneTable({ indexes: [index('ix', ['id'], facts)] }, [id, sampleColumn('long', TEXT)])
    expect(await restore(test, model)).toEqual([finding])
  })

  it('lose included columns when an entry gets too long with them', async () => {
    await using test = await openTarget()
    const wide: LogicalType = { kind: 'text', length: 4000, unit: 'utf16', fixed: false }
    const model = oneTable({ indexes: [index('ix', ['id'], { included: ['note'] })] }, [id, sampleColumn('note', wide)])
    // Random enough not to be compressed.
    const note = Array.from({ length: 4000 }, (_, i) => String.fromCodePoint(0x4e00 + ((i * i * 7919) % 20_000))).join(
      '',
    )
    const findings = await restore(test, model, { t: [[1, note]] })
    expect(findings).toEqual([
      expect.stringMatching(
        /^changed index s\.t\.ix: has no included columns, the server refused it with them: index row/,
      ),
    ])
    expect(await test.rows(INDEXES)).toEqual([['CREATE INDEX ix ON s.t USING btree (id)']])
  })

  it('that the rows break do not end the restore', async () => {
    await using test = await openTarget()
    const findings = await restore(test, oneTable({ primaryKey: sampleKey('pk', 'id') }), {
      t: [
        [1, 'a'],
        [1, 'b'],
      ],
    })
    expect(findings).toEqual([
      'lost primary key s.t.pk: is left out, the server refused: could not create unique index "pk"; Key (id)=(1) is duplicated.',
    ])
  })

  it('that ignored upper and lower case in the source are reported', async () => {
    await using test = await openTarget()
    const comparison = { by: 'language', caseSensitive: false, ignoresTrailingBlanks: true } as const
    const name = sampleColumn('name', { ...NAME, kind: 'text', comparison } as LogicalType)
    expect(await restore(test, oneTable({ uniqueKeys: [sampleKey('uq', 'name')] }, [name]))).toEqual([
      'changed unique key s.t.uq: tells upper from lower case in name, which the source did not; mapping.text.ignoreCase can keep that',
    ])
  })
})

describe('foreign keys', () => {
  const parent = sampleTable('s', 'parent', [id], { primaryKey: sampleKey('pk', 'id') })
  const references = { schema: 's', name: 'parent', columns: ['id'] }
  const child = (facts: object = {}) =>
    sampleTable('s', 'child', [sampleColumn('parent', INT, { nullable: true })], {
      foreignKeys: [{ ...sampleForeignKey('fk', ['parent'], references), ...facts }],
    })
  const DEFINITION = `select pg_get_constraintdef(oid) from pg_constraint where conname = 'fk'`

  it('are made with their actions', async () => {
    await using test = await openTarget()
    const model = sampleModel([parent, child({ onDelete: 'cascade', onUpdate: 'set null' })])
    expect(await restore(test, model, { parent: [[1]], child: [[1], [null]] })).toEqual([])
    expect(await test.rows(DEFINITION)).toEqual([
      ['FOREIGN KEY (parent) REFERENCES s.parent(id) ON UPDATE SET NULL ON DELETE CASCADE'],
    ])
  })

  it('hold for new rows only where rows break them, and no row is lost', async () => {
    await using test = await openTarget()
    const model = sampleModel([parent, child()])
    expect(await restore(test, model, { parent: [[1]], child: [[1], [7]] })).toEqual([
      expect.stringMatching(
        /^changed foreign key s\.child\.fk: is NOT VALID, there are rows that break it: only new rows/,
      ),
    ])
    expect(await test.rows(DEFINITION)).toEqual([['FOREIGN KEY (parent) REFERENCES s.parent(id) NOT VALID']])
    expect(await test.rows('select count(*) from s.child')).toEqual([['2']])
  })

  it('are NOT VALID where the source had not checked them', async () => {
    await using test = await openTarget()
    expect(await restore(test, sampleModel([parent, child({ trusted: false })]))).toEqual([
      'changed foreign key s.child.fk: is NOT VALID, the source had not checked its rows either: only new rows are',
    ])
    expect(await test.rows(DEFINITION)).toEqual([['FOREIGN KEY (parent) REFERENCES s.parent(id) NOT VALID']])
  })

  it.each<[string, SchemaModel, string]>([
    ['it is disabled', sampleModel([parent, child({ enabled: false })]), 'it was disabled in the source'],
    ['its parent is not there', sampleModel([child()]), 's.parent is not in the backup'],
  ])('are left out when %s', async (_, model, reason) => {
    await using test = await openTarget()
    expect(await restore(test, model)).toEqual([`lost foreign key s.child.fk: is left out, ${reason}`])
  })

  it('of three columns are checked as one key, and NULL needs no parent', async () => {
    await using test = await openTarget()
    const names = ['c', 'a', 'b']
    const columns = names.map((name) => sampleColumn(name, NAME, { nullable: true }))
    const key = sampleForeignKey('fk', ['a', 'b', 'c'], { schema: 's', name: 'parent', columns: ['c', 'a', 'b'] })
    const model = sampleModel([
      sampleTable('s', 'parent', columns),
      sampleTable('s', 'rows', columns, { foreignKeys: [key] }),
    ])
    const plan = await test.createTables(model)
    await test.load(plan.tables[0]!, [['x', 'y', 'z']])
    const orphan = ['z', 'x', 'no']
    await test.load(plan.tables[1]!, [['z', 'x', 'y'], [null, 'x', 'no'], orphan, orphan])
    const violations = []
    for await (const violation of test.target.checkRI(plan)) violations.push(violation)
    expect(violations).toEqual([{ table: 's.rows', foreignKey: 'fk', rows: 2, samples: ['x, no, z'] }])
  })
})

describe('identities and sequences', () => {
  it.each<[string, LogicalType, object, number | string | null, string]>([
    ['the value after the last', INT, { seed: '1', increment: '1', lastValue: '41' }, 7, '42'],
    [
      'the value after the greatest when the last is unknown',
      INT,
      { seed: '1', increment: '1', lastValue: null },
      7,
      '8',
    ],
    [
      'the value after the greatest when that came after the last was read',
      INT,
      { seed: '1', increment: '1', lastValue: '41' },
      50,
      '51',
    ],
    [
      'the value after the least when that came after the last was read, counting down',
      INT,
      { seed: '-1', increment: '-1', lastValue: '-41' },
      -50,
      '-51',
    ],
    ['the seed when the only row is before it', INT, { seed: '100', increment: '10', lastValue: null }, 7, '100'],
    ['the seed when that row is no value a sequence has', INT, { seed: '1', increment: '1', lastValue: null }, -5, '1'],
    [
      'the value after the last when a decimal is beyond 64 bits',
      { kind: 'decimal', precision: 38, scale: 0 },
      { seed: '1', increment: '1', lastValue: '7' },
      '9'.repeat(38),
      '8',
    ],
    ['the seed when there is no row', INT, { seed: '100', increment: '10', lastValue: null }, null, '100'],
    ['a lower one when it counts down', INT, { seed: '-5', increment: '-2', lastValue: '-9' }, -9, '-11'],
    [
      'a decimal from a sequence',
      { kind: 'decimal', precision: 38, scale: 0 },
      { seed: '5', increment: '5', lastValue: '9007199254740995' },
      null,
      '9007199254741000',
    ],
  ])('give %s', async (_, logical, identity, row, next) => {
    await using test = await openTarget()
    const columns = [
      sampleColumn('n', logical, { identity: identity as NonNullable<Column['identity']> }),
      sampleColumn('name', NAME),
    ]
    await restore(
      test,
      sampleModel([sampleTable('s', 'it\'s "t"', columns)]),
      row === null ? {} : { 'it\'s "t"': [[row, 'x']] },
    )
    expect(await test.rows(`insert into s."it's ""t""" (name) values ('new') returning n`)).toEqual([[next]])
  })

  it('end where the type of the source ends', async () => {
    await using test = await openTarget()
    const tiny: LogicalType = { kind: 'integer', bits: 8, signed: false }
    const identity = { seed: '1', increment: '1', lastValue: '255' }
    await restore(
      test,
      sampleModel([sampleTable('s', 't', [sampleColumn('n', tiny, { identity }), sampleColumn('m', INT)])]),
    )
    await expect(test.rows('insert into s.t (m) values (1)')).rejects.toThrow(/reached maximum value of sequence/)
    await expect(test.rows('insert into s.t (n, m) values (256, 1)')).rejects.toThrow(/t_n_range/)
  })

  it.each(['citext', 'icu'])('of texts that ignore case by %s are found again, too', async (ignoreCase) => {
    await using test = await openTarget()
    const logical: LogicalType = {
      ...{ kind: 'text', length: 9, unit: 'utf16', fixed: false },
      comparison: { by: 'language', caseSensitive: false, ignoresTrailingBlanks: true },
    }
    const phone = { schema: 's', name: 'Phone', native: { declaration: 'nvarchar(9)' }, logical, nullable: true }
    const model = { ...sampleModel([]), types: [phone] }
    const plan = () => test.target.plan(model, { text: { ignoreCase } })
    await test.target.createSchema(await plan(), 'tables')
    expect((await plan()).findings.filter(({ kind }) => kind === 'type').map(({ message }) => message)).toEqual([
      'is there already, and is left as it is',
    ])
    expect((await plan()).statements.tables.filter(({ kind }) => kind === 'type')).toEqual([])
    const domains = ({ types }: Pick<SchemaModel, 'types'>) =>
      types.map(({ native: { facts: _, ...native } }) => Object.keys(native).sort())
    expect(domains(await test.target.reflect())).toEqual(domains((await plan()).makes!))
  })

  it('that ignore case refer to a parent that the mapping lets tell it', async () => {
    await using test = await openTarget()
    const logical: LogicalType = {
      ...{ kind: 'text', length: 9, unit: 'utf16', fixed: false },
      comparison: { by: 'language', caseSensitive: false, ignoresTrailingBlanks: true },
    }
    const parent = sampleTable('s', 'parent', [sampleColumn('p', logical)], { primaryKey: sampleKey('pk', 'p') })
    const child = sampleTable('s', 'child', [sampleColumn('c', logical)], {
      foreignKeys: [sampleForeignKey('fk', ['c'], { schema: 's', name: 'parent', columns: ['p'] })],
    })
    const policy = { text: { ignoreCase: 'citext' }, columns: { 's.parent.p': 'text' } }
    const plan = await test.createTables(sampleModel([parent, child]), policy)
    for (const { source } of plan.tables) await test.rows(`insert into s.${source.name} values ('a')`)
    await test.rows(`insert into s.child values ('A')`)
    const violations: (readonly [string, number])[] = []
    for await (const { foreignKey, rows } of test.target.checkRI(plan)) violations.push([foreignKey, rows])
    expect(violations).toEqual([['fk', 1]])
  })

  it('are found again by a later restore whatever their names became', async () => {
    await using test = await openTarget()
    const long = 'n'.repeat(100)
    const native = { declaration: 'bigint' }
    const logical: LogicalType = { kind: 'integer', bits: 64, signed: true }
    const sequence = {
      ...{ native, logical, start: '1', increment: '1', minimum: '1', maximum: '99', cycle: false, cache: null },
      lastValue: '7',
    }
    const model = {
      ...sampleModel([sampleTable('s', 'Twin', [sampleColumn('a', INT)])]),
      sequences: [long, 'Twin'].map((name) => ({ schema: 's', name, ...sequence })),
      types: [`${long}t`, 'Twin'].map((name) => ({ schema: 's', name, native, logical, nullable: true })),
    }
    const names = async () =>
      test.rows(
        `select relname from pg_class where relkind = 'S' union all select typname from pg_type where typtype = 'd' and typnamespace = 's'::regnamespace order by 1`,
      )
    const first = await restore(test, model)
    const made = await names()
    expect(made).toHaveLength(4)
    await test.rows('drop table s."Twin"')
    const again = await restore(test, model)
    const there = again.filter((finding) => finding.endsWith('is there already, and is left as it is'))
    expect([again.filter((finding) => !there.includes(finding)), await names()]).toEqual([first, made])
    expect(there).toHaveLength(2)
  })

  it('go on where they were, also when the sequence is there already', async () => {
    await using test = await openTarget()
    const sequence = {
      schema: 's',
      name: 'numbers',
      native: { declaration: 'decimal(38,0)' },
      logical: { kind: 'decimal', precision: 38, scale: 0 } as const,
      start: '10',
      increment: '5',
      minimum: `-${'9'.repeat(38)}`,
      maximum: '9'.repeat(38),
      cycle: false,
      cache: 50,
      lastValue: '25',
    }
    const model = { ...sampleModel([]), sequences: [sequence] }
    expect(await restore(test, model)).toEqual(['changed sequence s.numbers: its bounds are those of 64 bits'])
    expect(await test.rows(`select nextval('s.numbers')`)).toEqual([['30']])
    expect((await test.target.plan(model, {})).existing).toEqual(['"s"."numbers"'])
    await restore(test, { ...model, sequences: [{ ...sequence, lastValue: null }] })
    expect(await test.rows(`select nextval('s.numbers')`)).toEqual([['10']])
  })
})

describe('defaults, checks and computed columns', () => {
  const fraction: Expression = { kind: 'literal', value: { type: 'decimal', digits: '1.5' } }
  const seven = { name: 'df', systemNamed: false, expression: { native: '((7))', meaning: number('7') } }

  it('are made where they are proven, and reported where they are not', async () => {
    await using test = await openTarget()
    const columns = [
      sampleColumn('a', INT, { default: seven }),
      sampleColumn('twice', INT, {
        computed: {
          expression: { native: '([a]+[A])', meaning: binary(column('a'), '+', column('A')) },
          persisted: false,
        },
      }),
      sampleColumn('b', INT, { nullable: true, default: { ...seven, expression: { native: '(dbo.magic())' } } }),
      sampleColumn('odd', INT, { computed: { expression: { native: '(dbo.odd([a]))' }, persisted: false } }),
      sampleColumn(
        'unlike',
        { kind: 'decimal', precision: 38, scale: 38 },
        { computed: { expression: { native: '((1.5))', meaning: fraction }, persisted: false } },
      ),
      sampleColumn('other', INT, {
        computed: { expression: { native: '((1.5))', meaning: fraction }, persisted: false },
      }),
      sampleColumn('untold', INT, { nullable: true, computed: { expression: { native: '' }, persisted: false } }),
    ]
    const checks = [
      check('positive', binary(column('a'), '>', number('0'))),
      { ...check('off', number('1')), enabled: false },
    ]
    const indexes = [index('ix', ['twice']), index('lost', ['odd'])]
    expect(await restore(test, oneTable({ checks, indexes }, columns), { t: [[1, null]] })).toEqual([
      'lost computed column s.t.odd: is left out, its expression is not understood: (dbo.odd([a]))',
      'lost computed column s.t.unlike: is left out, it has the scale 38 in the source, and 1 is what is worked out: ((1.5))',
      'lost computed column s.t.other: is left out, it is of type integer in the source, and decimal is what is worked out: ((1.5))',
      'lost computed column s.t.untold: is left out, the source did not tell its expression',
      'lost index s.t.lost: is left out, one of its columns is',
      'lost check s.t.off: is left out, it was disabled in the source',
      'lost default s.t.b: is left out, its expression is not understood: (dbo.magic())',
    ])
    expect(await test.rows('insert into s.t default values returning a, twice, b')).toEqual([['7', '14', null]])
    expect(await test.rows('select a, twice from s.t order by a')).toEqual([
      ['1', '2'],
      ['7', '14'],
    ])
    await expect(test.rows('insert into s.t (a) values (-1)')).rejects.toThrow(/"positive"/)
  })

  it('let rows in for which the source cannot compute a column that it does not keep', async () => {
    await using test = await openTarget()
    const quotient = { native: '([a]/[b])', meaning: binary(column('a'), '/', column('b')) }
    const columns = [
      sampleColumn('a', INT),
      sampleColumn('b', INT),
      sampleColumn('q', INT, { nullable: true, computed: { expression: quotient, persisted: false } }),
    ]
    expect(
      await restore(test, oneTable({}, columns), {
        t: [
          [7, 2],
          [7, 0],
        ],
      }),
    ).toEqual([])
    expect(await test.rows('select q from s.t order by b')).toEqual([[null], ['3']])
  })

  it('hold for new rows only where rows break them', async () => {
    await using test = await openTarget()
    const model = oneTable({ checks: [check('positive', binary(column('id'), '>', number('0')))] })
    expect(await restore(test, model, { t: [[-1, null]] })).toEqual([
      expect.stringMatching(/^changed check s\.t\.positive: is NOT VALID, there are rows that break it/),
    ])
    expect(await test.rows(CONSTRAINTS)).toEqual([['positive', 'CHECK ((id > 0)) NOT VALID']])
  })
})

describe('names', () => {
  it('of any characters and 128 of them arrive, or are renamed and reported', async () => {
    await using test = await openTarget()
    const long = '😀 "quoted" '.repeat(12)
    const columns = [
      sampleColumn(`${long}1`, INT),
      sampleColumn(`${long}2`, INT),
      sampleColumn('xmin', INT),
      sampleColumn('a"b]', INT),
    ]
    const model = sampleModel([sampleTable('my "schema"', long, columns, { primaryKey: sampleKey('p"k', 'a"b]') })])
    const findings = await restore(test, model, { [long]: [[1, 2, 3, 4]] })
    expect(findings.map((finding) => finding.split(' ', 2).join(' '))).toEqual([
      'changed table',
      'changed column',
      'changed column',
      'changed column',
    ])
    const [planned] = (await test.target.plan(model, {})).tables
    const name = test.target.quote(planned!.schema, planned!.name)
    expect(await test.rows(`select * from ${name}`)).toEqual([['1', '2', '3', '4']])
  })

  it('of schemas follow the mapping', async () => {
    await using test = await openTarget()
    const model = sampleModel([sampleTable('dbo', 't', [id]), sampleTable('sales', 't', [id])])
    const plan = await test.createTables(model, { schemas: { dbo: 'public', sales: 'public' } })
    expect(plan.tables.map(({ schema, name }) => [schema, name])).toEqual([
      ['public', 't'],
      ['public', expect.stringMatching(/^t_[0-9a-f]{8}$/)],
    ])
    expect(await test.rows(`select count(*) from pg_tables where schemaname = 'public'`)).toEqual([['2']])
  })
})

describe('what the target has already', () => {
  const model = oneTable({})

  it.each([
    ['view', 'create view s.t as select 1 as id'],
    ['sequence', 'create sequence s.t'],
    ['type', `create type s.t as enum ('a')`],
    ['type', 'create domain s.t as text'],
  ])('is refused when it is a %s and has the name of a table', async (kind, sql) => {
    await using test = await openTarget()
    await test.rows(`create schema s; ${sql}`)
    const failure = test.target.plan(model, {})
    await expect(failure).rejects.toBeInstanceOf(RefusedError)
    await expect(failure).rejects.toThrow(`cannot restore table "s"."t": the target has a ${kind} of that name`)
  })

  it('is not dropped when something else needs it', async () => {
    await using test = await openTarget()
    await test.rows('create schema s; create table s.t (id int); create view public.needs as select * from s.t')
    const plan = await test.target.plan(model, {})
    expect(plan.existing).toEqual(['"s"."t"'])
    const failure = test.target.dropExisting(plan)
    await expect(failure).rejects.toBeInstanceOf(RefusedError)
    await expect(failure).rejects.toThrow(/something else needs them: .*view public\.needs depends on table s\.t/)
    expect(await test.rows('select count(*) from s.t')).toEqual([['0']])
  })

  it('lends its names to nothing of the plan', async () => {
    await using test = await openTarget()
    await test.rows('create schema s; create table s.other (id int constraint pk primary key)')
    const findings = await restore(test, oneTable({ primaryKey: sampleKey('pk', 'id') }))
    expect(findings).toEqual([expect.stringMatching(/^changed primary key s\.t\.pk: is called "pk_[0-9a-f]{8}"/)])
  })

  it('is made anew, domain and all, by a second restore', async () => {
    await using test = await openTarget()
    const alias = { schema: 's', name: 'Phone', native: { declaration: 'varchar(40)' }, logical: NAME, nullable: true }
    const phone = sampleColumn('phone', NAME, {
      native: { declaration: 'varchar(40)', alias: { schema: 's', name: 'Phone' } },
    })
    const aliased = { ...oneTable({ primaryKey: sampleKey('pk', 'id') }, [id, phone]), types: [alias] }
    await restore(test, aliased, { t: [[1, '112']] })
    const plan = await test.target.plan(aliased, {})
    expect(plan.tables[0]!.columns[1]!.type).toBe('"s"."Phone"')
    await test.target.dropExisting(plan)
    expect(await restore(test, aliased, { t: [[2, '110']] })).toEqual([
      'info type s.Phone: is there already, and is left as it is',
    ])
    expect(await test.rows('select id, phone from s.t')).toEqual([['2', '110']])
  })
})

it('refuses a table with more columns than PostgreSQL has', async () => {
  await using test = await openTarget()
  const columns = Array.from({ length: 1601 }, (_, i) => sampleColumn(`c${i}`, INT))
  const failure = test.target.plan(sampleModel([sampleTable('s', 't', columns)]), {})
  await expect(failure).rejects.toBeInstanceOf(CannotCarryError)
  await expect(failure).rejects.toThrow(
    'cannot restore table s.t: it needs 1601 columns, and PostgreSQL has at most 1600',
  )
})

it('makes all tables or none', async () => {
  await using test = await openTarget()
  const plan = await test.target.plan(oneTable({}), {})
  const tables = [...plan.statements.tables, { object: 'a wrong one', sql: 'create tabel x', optional: false }]
  const failure = test.target.createSchema({ ...plan, statements: { ...plan.statements, tables } }, 'tables')
  await expect(failure).rejects.toThrow(/^cannot create a wrong one: syntax error/)
  expect(await test.rows(`select count(*) from pg_namespace where nspname = 's'`)).toEqual([['0']])
})

it('makes a table without its computed columns when the server refuses them', async () => {
  await using test = await openTarget()
  const plan = await test.target.plan(oneTable({}), {})
  const finding = { severity: 'lost', kind: 'table', object: 's.t', message: 'no computed columns' } as const
  const statement = {
    object: '"s"."t"',
    optional: false,
    sql: 'create table s.t (id int, x int generated always as (now()) stored)',
  }
  const fallback = { sql: 'create table s.t (id int)', finding }
  const tables = [plan.statements.tables[0]!, { ...statement, fallback }]
  const findings = await test.target.createSchema({ ...plan, statements: { ...plan.statements, tables } }, 'tables')
  expect(findings).toEqual([{ ...finding, message: expect.stringMatching(/^no computed columns: /) }])
  expect(await test.rows(`select count(*) from information_schema.columns where table_schema = 's'`)).toEqual([['1']])
})

it('keeps comments, and says which modules stay behind', async () => {
  await using test = await openTarget()
  const model: SchemaModel = {
    ...oneTable({ comment: "it's a \\ table" }, [{ ...id, comment: 'the number' }]),
    schemas: [{ name: 's', comment: 'a schema' }],
    modules: [{ schema: 's', name: 'v', kind: 'view', definition: 'create view s.v as select 1' }],
  }
  expect(await restore(test, model)).toEqual([
    "lost view s.v: is left out, its text is in another language than PostgreSQL's",
  ])
  expect(
    await test.rows(
      `select obj_description('s.t'::regclass), col_description('s.t'::regclass, 1), obj_description('s'::regnamespace)`,
    ),
  ).toEqual([["it's a \\ table", 'the number', 'a schema']])
})

it('keeps the comments of types, sequences and indexes', async () => {
  await using test = await openTarget()
  const bounds = { start: '1', increment: '1', minimum: '1', maximum: '9', cycle: false, cache: null, lastValue: null }
  const numbers = { schema: 's', name: 'numbers', native: { declaration: 'int' }, logical: INT, ...bounds }
  const code = {
    schema: 's',
    name: 'code',
    native: { declaration: 'int' },
    logical: INT,
    nullable: true,
    comment: 'a type',
  }
  const model: SchemaModel = {
    ...oneTable({ indexes: [index('by id', ['id'], { comment: 'an index' })] }, [id]),
    types: [code],
    sequences: [{ ...numbers, comment: 'a sequence' }],
  }
  await restore(test, model)
  expect(
    await test.rows(
      `select obj_description('s.code'::regtype), obj_description('s.numbers'::regclass), obj_description('s."by id"'::regclass)`,
    ),
  ).toEqual([['a type', 'a sequence', 'an index']])
})

it.skipIf(isPlainLane())('needs no right to make schemas where they are there', async () => {
  await using test = await openTarget()
  const user = `owner_${test.connection.database}`
  await test.rows(`create role "${user}" login password 'x'`)
  await test.rows(`create schema s authorization "${user}"`)
  await using target = await postgres.openTarget!(
    postgres.parseConnection({ ...test.connection, user, password: 'x' }),
    { signal: new AbortController().signal, warn() {}, debug() {} },
  )
  const plan = await target.plan(oneTable({}), {})
  expect(await target.createSchema(plan, 'tables')).toEqual([])
})

it('loads a table without columns, as one of edges may be', async () => {
  await using test = await openTarget()
  await restore(test, oneTable({}, []), { t: [[], []] })
  expect(await test.rows('select count(*) from s.t')).toEqual([['2']])
})

it('says that the connection was lost while tables were made', async () => {
  await using test = await openTarget()
  const plan = await test.target.plan(oneTable({}), {})
  const tables = [{ object: 'the end', sql: 'select pg_terminate_backend(pg_backend_pid())', optional: false }]
  const failure = test.target.createSchema({ ...plan, statements: { ...plan.statements, tables } }, 'tables')
  await expect(failure).rejects.toMatchObject({
    code: 'ALB_TARGET',
    message: expect.stringMatching(/^cannot create the end: /),
  })
})

it('reflects what was restored', async () => {
  await using test = await openTarget()
  const model = sampleModel([
    sampleTable(
      's',
      'a',
      [id, sampleColumn('name', { ...NAME, unit: 'characters' } as LogicalType, { nullable: true })],
      {
        primaryKey: sampleKey('pk', 'id'),
        indexes: [index('by name', ['name'], { included: ['id'] })],
      },
    ),
    sampleTable('s', 'b', [id], {
      foreignKeys: [sampleForeignKey('fk', ['id'], { schema: 's', name: 'a', columns: ['id'] })],
    }),
  ])
  await restore(test, model)
  const [a, b] = (await test.target.reflect()).tables
  const comparison = { by: 'characters', caseSensitive: true, ignoresTrailingBlanks: false }
  expect(a!.columns.map(({ name, logical, nullable }) => ({ name, logical, nullable }))).toEqual([
    { name: 'id', logical: INT, nullable: false },
    { name: 'name', logical: { ...NAME, unit: 'characters', comparison }, nullable: true },
  ])
  const native = (definition: string) => ({ native: { definition } })
  expect({ key: a!.primaryKey, indexes: a!.indexes }).toEqual({
    key: { ...model.tables[0]!.primaryKey, ...native('PRIMARY KEY (id)') },
    indexes: [
      { ...model.tables[0]!.indexes[0], ...native('CREATE INDEX "by name" ON s.a USING btree (name) INCLUDE (id)') },
    ],
  })
  expect(b!.foreignKeys).toEqual([
    { ...model.tables[1]!.foreignKeys[0], ...native('FOREIGN KEY (id) REFERENCES s.a(id)') },
  ])
})
