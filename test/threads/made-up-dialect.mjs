import { setTimeout as sleep } from 'node:timers/promises'
import { threadId } from 'node:worker_threads'
import { encodeRows, SourceError, TargetError } from '../../packages/core/dist/index.js'

/**
 * A dialect whose rows are made up, so that threads need no server: table `t<n>` has `rows` numbers. What goes wrong is in
 * the options of the connection: `fault` { kind, table }, `delay` milliseconds a block, `sharing` false.
 */
export const dialect = {
  name: 'made-up',
  title: 'Made up',
  contract: 1,
  module: import.meta.url,
  parseConnection: (settings) => ({ dialect: 'made-up', host: 'nowhere', database: 'made up', ...settings }),
  openSource: async ({ options }, context) => ({
    ...session,
    ...reader(options, context),
    consistency: { level: options.sharing === false ? 'none' : 'snapshot', verdict: 'nothing changes' },
    reflect: async () => modelOf(options),
    estimate: async (model) =>
      model.tables.map(({ schema, name }) => ({ schema, name, rows: options.rows, bytes: options.bytes ?? 100 })),
    async *checkRI() {},
    share: async (_tables, open) => {
      if (options.sharing === false) return false
      await open({ ticket: 'one' })
      return true
    },
    split: async (_table, _bytes, within) =>
      within === null
        ? [{ predicate: `0..${options.rows / 2}` }, { predicate: `${options.rows / 2}..${options.rows}` }]
        : [within],
  }),
  openReader: async ({ options }, ticket, context) => {
    if (ticket.ticket !== 'one') throw new SourceError('cannot join: the ticket is another one')
    if (options.fault?.kind === 'no reader')
      throw new SourceError('cannot open a reader: there are too many', { hint: 'Ask for fewer.' })
    const opened = reader(options, context)
    return options.fault?.kind === 'no end' ? { ...opened, [Symbol.asyncDispose]: failToClose } : opened
  },
  openTarget: async ({ options }) => ({
    ...session,
    reflect: async () => modelOf(options),
    plan: async (model) => ({
      dialect: 'made-up',
      tables: model.tables.map((source) => ({ source, schema: source.schema, name: source.name, columns: [] })),
      statements: { tables: [], keys: keysOf(model), references: [], values: [], objects: [] },
      findings: [],
      existing: [],
    }),
    dropExisting: async () => {},
    createSchema: async (plan, part) => plan.statements[part].map(({ object }) => made(object)),
    bulkLoad: async ({ name }, blocks) => {
      let rows = 0
      let digest = 0n
      for await (const block of blocks) {
        rows += block.rows
        digest += BigInt(block.bytes.length)
        if (options.fault?.table === name) throw new TargetError(`cannot load table ${name}: no space left`)
      }
      return { rows, digest, losses: [] }
    },
    async *checkRI() {},
    digest: async ({ source }) => {
      let digest = 0n
      for await (const block of encodeRows(source, numbers(0, options.rows))) digest += BigInt(block.bytes.length)
      return { rows: options.rows, digest }
    },
  }),
}

const session = {
  server: { product: 'made up', version: '1', edition: null },
  quote: (...parts) => parts.join('.'),
  [Symbol.asyncDispose]: async () => {},
}

let deadlocks = 0

function reader({ rows, fault, delay }, { signal, warn }) {
  return {
    async *readRows(table, range) {
      const [begin, end] = range === null ? [0, rows] : range.predicate.split('..').map(Number)
      const mine = fault?.table === table.name ? fault.kind : undefined
      if (mine === 'crash')
        setImmediate(() => {
          throw new TypeError('a bug')
        })
      if (mine === 'crash' || mine === 'hang') await sleep(60_000, undefined, { signal })
      for await (const block of encodeRows(table, numbers(begin, end))) {
        if (delay !== undefined) await sleep(delay, undefined, { signal })
        yield block
        if (mine === 'fail')
          throw new SourceError(`cannot read table ${table.name}: the server has had enough`, { hint: 'Let it rest.' })
        if (mine === 'fail twice') throw new Suppressed(new SourceError(`cannot read table ${table.name}: it is gone`))
        if (mine === 'print') process.stdout.write(`a library prints of ${table.name}\n`)
        if (mine === 'deadlock' && deadlocks++ === 0) {
          warn('a deadlock')
          throw new SourceError(`cannot read table ${table.name}: deadlock victim`, { retryable: true })
        }
      }
    },
    [Symbol.asyncDispose]: async () => {},
  }
}

async function failToClose() {
  throw new SourceError('the server does not answer')
}

/** A session whose closing fails when its use has failed. */
class Suppressed extends Error {
  name = 'SuppressedError'
  constructor(suppressed) {
    super('an error was suppressed during disposal')
    this.suppressed = suppressed
  }
}

/** Two keys for each table, and one thing that is of all tables. */
function keysOf(model) {
  const ofTables = model.tables.flatMap(({ schema, name }) =>
    ['a', 'b'].map((key) => ({ object: `${name}.${key}`, table: `${schema}.${name}`, sql: 'key', optional: false })),
  )
  return [{ object: 'all', sql: 'all', optional: false }, ...ofTables]
}

/** A finding that tells which thread made the object. */
function made(object) {
  return { severity: 'info', kind: 'key', object, message: `${threadId}` }
}

function* numbers(begin, end) {
  for (let n = begin; n < end; n++) yield [n]
}

function modelOf({ tables }) {
  return {
    dialect: 'made-up',
    database: { name: 'made up', collation: null },
    schemas: [{ name: 's' }],
    types: [],
    sequences: [],
    tables: Array.from({ length: tables }, (_, i) => ({
      schema: 's',
      name: `t${i}`,
      columns: [
        {
          name: 'n',
          native: { declaration: 'int' },
          logical: { kind: 'integer', bits: 32, signed: true },
          nullable: false,
        },
      ],
      uniqueKeys: [],
      foreignKeys: [],
      checks: [],
      indexes: [],
    })),
    modules: [],
    leftBehind: [],
  }
}
