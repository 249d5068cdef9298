import { type LoadOptions, type PlannedTable, storedColumns } from '@albackup/core'
import { done } from '@albackup/testkit/tds-replay'
import { describe, expect, it } from 'vitest'
import { bulkLoad } from './bulk-load.ts'
import { connect } from './connect.ts'
import { digest } from './digest.ts'
import { avroRows } from './testing/encode-rows.ts'
import { column } from './testing/read-response.ts'
import { contextFor, failure, type Line, type ScriptedServer, startScriptedServer } from './testing/scripted-server.ts'

const TABLE: PlannedTable = plannedTable('Order Details', [
  column('id', { kind: 'integer', bits: 32, signed: true }, false),
  column('version', { kind: 'rowversion' }, false),
  column('price', { kind: 'decimal', precision: 9, scale: 2 }),
])

function plannedTable(name: string, columns: ReturnType<typeof column>[]): PlannedTable {
  const source = { schema: 'dbo', name, columns, uniqueKeys: [], foreignKeys: [], checks: [], indexes: [] }
  const planned = columns.map((one) => ({ source: one, name: one.name, type: '', exact: true, reason: '' }))
  return { source, schema: 'dbo', name, columns: planned }
}

interface Described {
  readonly name: string
  readonly type: string
  readonly nullable?: 1
  readonly identity?: 1
  readonly generated?: 1
  readonly collation?: string
  readonly measures?: readonly [maxLength: number, precision: number, scale: number]
}

/** A row of the query for the columns of the target. */
function described({ name, type, nullable, identity, generated, collation, measures = [4, 0, 0] }: Described) {
  const [maxLength, precision, scale] = measures
  return {
    name,
    collation: collation ?? null,
    nullable: nullable ?? 0,
    identity: identity ?? 0,
    generated: generated ?? 0,
    ...{ baseType: type, typeSchema: 'sys', typeName: type, isAlias: 0, isClr: 0, maxLength, precision, scale },
  }
}

const COLUMNS: Line = {
  when: /from sys\.columns c/,
  answer: [
    described({ name: 'id', type: 'int', identity: 1 }),
    described({ name: 'version', type: 'timestamp', generated: 1, measures: [8, 0, 0] }),
    described({ name: 'price', type: 'decimal', nullable: 1, measures: [5, 9, 2] }),
  ],
}

const VERSION = new Uint8Array(8)
const ROWS = [
  [1, VERSION, '-0.01'],
  [2, VERSION, null],
]

async function load(server: ScriptedServer, options: LoadOptions = { refuseLoss: false }, table = TABLE, rows = ROWS) {
  const database = await connect(server.connection, contextFor())
  try {
    return await bulkLoad(database, table, avroRows(storedColumns(table.source), rows), options, contextFor())
  } finally {
    await database.close()
  }
}

/** The statements of the transaction, without the number of the connection. */
const statements = ({ sent }: ScriptedServer) =>
  sent.map((line) => line.replace(/^\d+: /, '')).filter((line) => !/^select/.test(line))

const INSERT = 'insert bulk [dbo].[Order Details] ([id] int, [price] decimal(9,2)) with (keep_nulls'
const taken = (rows: number): Line => ({ when: /bytes of rows/, answer: () => done({ rows }) })

describe('a bulk load', () => {
  it('is one statement and one message in one transaction', async () => {
    await using server = await startScriptedServer([COLUMNS, taken(2)])
    expect(await load(server)).toMatchObject({ rows: 2, losses: [] })
    expect(statements(server)).toEqual([
      'begin transaction',
      `${INSERT}, tablock)`,
      expect.stringMatching(/bytes of rows/),
      'commit transaction',
    ])
  })

  it('sends the columns, the rows and their end', async () => {
    await using server = await startScriptedServer([COLUMNS, taken(2)])
    await load(server)
    const message = server.server.requests.find(({ kind }) => kind === 'bulk load')!.payload
    const name = (text: string) =>
      `${Buffer.of(text.length).toString('hex')}${Buffer.from(text, 'utf16le').toString('hex')}`
    expect(message.toString('hex')).toBe(
      [
        // Two columns; user type, flags (writable, identity; writable, nullable), type, name.
        '810200',
        `00000000180026${'04'}${name('id')}`,
        `0000000009006a110902${name('price')}`,
        `d1${'0401000000'}${'11'}${'00'}${'01'.padEnd(32, '0')}`,
        `d1${'0402000000'}${'00'}`,
        `fd${'00'.repeat(12)}`,
      ].join(''),
    )
  })

  it('checks the constraints of a table that was there before', async () => {
    await using server = await startScriptedServer([COLUMNS, taken(2)])
    await load(server, { refuseLoss: false, intoExisting: true })
    expect(statements(server)).toContain(`${INSERT}, tablock, check_constraints)`)
  })

  it('goes without a lock of the table where the server knows none, and asks for it once only', async () => {
    const refusal: Line = {
      when: /tablock/,
      answer: () => failure({ number: 40000, message: 'TABLOCK is not supported' }),
    }
    await using server = await startScriptedServer([COLUMNS, refusal, taken(2)])
    const database = await connect(server.connection, contextFor())
    for (let i = 0; i < 2; i++) {
      await bulkLoad(database, TABLE, avroRows(TABLE.source.columns, ROWS), { refuseLoss: false }, contextFor())
    }
    await database.close()
    expect(statements(server).filter((line) => /^(insert|if|commit)/.test(line))).toEqual([
      `${INSERT}, tablock)`,
      'if @@trancount > 0 rollback transaction',
      `${INSERT})`,
      'commit transaction',
      `${INSERT})`,
      'commit transaction',
    ])
  })

  it('takes xml by way of a temporary table, which keeps white space', async () => {
    const table = plannedTable('Notes', [
      column('id', TABLE.source.columns[0]!.logical, false),
      column('x', { kind: 'xml' }),
    ])
    const columns: Line = {
      when: COLUMNS.when,
      answer: [
        described({ name: 'id', type: 'int', identity: 1 }),
        described({ name: 'x', type: 'xml', nullable: 1, measures: [-1, 0, 0] }),
      ],
    }
    await using server = await startScriptedServer([columns, taken(1)])
    await load(server, { refuseLoss: false }, table, [[1, '<a> </a>']])
    expect(statements(server)).toEqual([
      'begin transaction',
      'create table [#albackup_rows] (c0 int null, c1 nvarchar(max) null)',
      'insert bulk [#albackup_rows] (c0 int, c1 nvarchar(max)) with (keep_nulls)',
      expect.stringMatching(/bytes of rows/),
      'set identity_insert [dbo].[Notes] on',
      'insert into [dbo].[Notes] ([id], [x]) select c0, convert(xml, c1, 1) from [#albackup_rows]',
      'set identity_insert [dbo].[Notes] off',
      'drop table [#albackup_rows]',
      'commit transaction',
    ])
  })
})

describe('xml for a table that was there before', () => {
  it('fires no trigger, as a bulk load fires none', async () => {
    const table = plannedTable('Notes', [column('x', { kind: 'xml' })])
    const columns: Line = {
      when: COLUMNS.when,
      answer: [described({ name: 'x', type: 'xml', nullable: 1, measures: [-1, 0, 0] })],
    }
    const triggers: Line = { when: /from sys\.triggers/, answer: [{ schema: 'dbo', name: 'on notes' }] }
    await using server = await startScriptedServer([columns, triggers, taken(1)])
    await load(server, { refuseLoss: false, intoExisting: true }, table, [['<a/>']])
    expect(statements(server).slice(4)).toEqual([
      'disable trigger [dbo].[on notes] on [dbo].[Notes]',
      'insert into [dbo].[Notes] ([x]) select convert(xml, c0, 1) from [#albackup_rows]',
      'enable trigger [dbo].[on notes] on [dbo].[Notes]',
      'drop table [#albackup_rows]',
      'commit transaction',
    ])
  })
})

describe('a bulk load that the server does not take', () => {
  it('whole is undone, with both numbers', async () => {
    await using server = await startScriptedServer([COLUMNS, taken(1)])
    await expect(load(server)).rejects.toMatchObject({
      code: 'ALB_TARGET',
      message: 'cannot load table [dbo].[Order Details]: 2 rows were sent and 1 taken',
    })
    expect(statements(server).at(-1)).toBe('if @@trancount > 0 rollback transaction')
  })

  it('because of a deadlock may be tried again', async () => {
    const deadlock: Line = {
      when: /bytes of rows/,
      answer: () => failure({ number: 1205, message: 'You were the deadlock victim.' }),
    }
    await using server = await startScriptedServer([COLUMNS, deadlock])
    await expect(load(server)).rejects.toMatchObject({
      code: 'ALB_TARGET',
      retryable: true,
      message: 'cannot load table [dbo].[Order Details]: You were the deadlock victim (error 1205)',
    })
    expect(statements(server).at(-1)).toBe('if @@trancount > 0 rollback transaction')
  })

  it('because of a value names its row and its column', async () => {
    const table = plannedTable('Readings', [column('v', { kind: 'float', bits: 64 }, false)])
    const columns: Line = { when: COLUMNS.when, answer: [described({ name: 'v', type: 'float' })] }
    await using server = await startScriptedServer([columns])
    await expect(load(server, { refuseLoss: false }, table, [[1], [2], [Number.NaN]])).rejects.toMatchObject({
      code: 'ALB_CANNOT_CARRY',
      message:
        'cannot load table [dbo].[Readings]: row 3: column [v] has a value that the target cannot hold: NaN is not a number',
    })
  })

  it('because a column is not there names it', async () => {
    const two: Line = { when: COLUMNS.when, answer: [described({ name: 'ID', type: 'int' })] }
    await using server = await startScriptedServer([two])
    await expect(load(server)).rejects.toThrow('cannot load table [dbo].[Order Details]: it has no column [version]')
  })

  it('because a column is of another type names both', async () => {
    const other: Line = {
      when: COLUMNS.when,
      answer: ['id', 'version', 'price'].map((name) => described({ name, type: 'uniqueidentifier' })),
    }
    await using server = await startScriptedServer([other])
    await expect(load(server)).rejects.toThrow(
      'cannot load table [dbo].[Order Details]: column [id] cannot hold what the backup has, values of kind integer',
    )
  })
})

describe('the digest of a table', () => {
  it('of nothing that is compared is the number of its rows', async () => {
    const table = plannedTable('Versions', [TABLE.source.columns[1]!])
    const columns: Line = {
      when: COLUMNS.when,
      answer: [described({ name: 'version', type: 'timestamp', generated: 1 })],
    }
    await using server = await startScriptedServer([columns, { when: /count_big/, answer: [{ n: '3' }] }])
    const database = await connect(server.connection, contextFor())
    const found = await digest(database, table, contextFor())
    const loaded = await bulkLoad(
      database,
      table,
      avroRows(table.source.columns, [[VERSION], [VERSION], [VERSION]]),
      { refuseLoss: false },
      contextFor(),
    )
    await database.close()
    expect(loaded).toEqual({ ...found, losses: [] })
    expect(found.rows).toBe(3)
  })
})
