import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { compareModels, type Finding, type SchemaModel, type SchemaPart, type Target } from '@albackup/core'
import { mssql } from '@albackup/dialect-mssql'
import { liveMssql, type MssqlDatabase } from '@albackup/testkit/mssql-server'
import { describe, expect, it } from 'vitest'
import { loadSample, type SampleName, samplesAreThere } from './samples.ts'

const server = liveMssql()
const context = { signal: new AbortController().signal, warn: () => {}, debug: () => {} }
const PARTS: readonly SchemaPart[] = ['tables', 'keys', 'references', 'values', 'objects']

function openTarget(database: MssqlDatabase): Promise<Target> {
  return mssql.openTarget!(mssql.parseConnection(database.connection), context)
}

interface RoundTrip {
  readonly before: SchemaModel
  readonly after: SchemaModel
  readonly findings: readonly Finding[]
}

/** The schema of a database, made again in an empty one and reflected there; no rows. */
async function roundTrip(prepare: (database: MssqlDatabase) => Promise<void>): Promise<RoundTrip> {
  await using first = await server!.createDatabase('m_first')
  await prepare(first)
  await using source = await openTarget(first)
  const before = await source.reflect()
  await using second = await server!.createDatabase('m_second')
  await using target = await openTarget(second)
  const plan = await target.plan(before, {})
  const findings = [...plan.findings]
  for (const part of PARTS) findings.push(...(await target.createSchema(plan, part)))
  return { before, after: await target.reflect(), findings }
}

/** What is not there as it was. The live server of development cuts long names of indexes, and adds a range to each LIKE of a check. */
function defects({ before, after, findings }: RoundTrip): readonly string[] {
  const options = { values: false, onRequest: false }
  const { differences } = compareModels(comparable(before), comparable(after), options)
  const reported = findings.filter(({ severity }) => severity !== 'info')
  return [
    ...differences.map(({ sentence }) => sentence),
    ...reported.map(({ object, message }) => `${object} ${message}`),
  ]
}

function comparable(model: SchemaModel): SchemaModel {
  const tables = model.tables.map((table) => ({
    ...table,
    indexes: table.indexes.map((index) => ({
      ...index,
      name: /[0-9a-f]{32}$/.test(index.name) ? index.columns.map(({ name }) => name).join() : index.name,
    })),
    checks: table.checks.filter(({ expression }) => !expression.native.includes(' like ')),
  }))
  return { ...model, tables }
}

function shop(database: MssqlDatabase): Promise<void> {
  return database.run(readFileSync(join(import.meta.dirname, '../examples/shop/shop.sql'), 'utf8'))
}

describe.skipIf(server === undefined)('a schema made again from its model is the same', () => {
  it.skipIf(!samplesAreThere()).each<SampleName>(['northwind', 'pubs', 'chinook'])('%s', async (name) => {
    const trip = await roundTrip((database) => loadSample(name, database))
    expect(defects(trip)).toEqual([])
  })

  it('the shop', async () => {
    const trip = await roundTrip(shop)
    expect(defects(trip)).toEqual([])
  })
})
