import type { MappingPolicy } from '@albackup/core'
import { sampleColumn, sampleModel, sampleTable } from '@albackup/testkit/sample'
import { expect, it } from 'vitest'
import { planForEmpty } from '../../plan.ts'

const INT = { kind: 'integer', bits: 32, signed: true } as const

function renamed(schema: string, names: readonly string[], policy: MappingPolicy = {}): readonly string[] {
  const table = sampleTable(
    schema,
    't',
    names.map((name) => sampleColumn(name, INT)),
  )
  const { findings } = planForEmpty({ ...sampleModel([table]), dialect: 'postgres' }, policy)
  return findings.map(({ kind, object, message }) => `${kind} ${object} ${message}`)
}

it('says why a name is not kept', () => {
  const long = 'x'.repeat(129)
  expect(renamed('s', ['id', 'ID', long])).toEqual([
    expect.stringMatching(
      /^column s\.t\.ID is called "ID_[0-9a-f]{8}" in SQL Server: something else has that name, or/,
    ),
    expect.stringMatching(/^column s\.t\.x+ is called "x+_[0-9a-f]{8}" in SQL Server: names have at most 128 char/),
  ])
  expect(renamed('guest', ['id'])).toEqual([
    'schema guest is called "_guest" in SQL Server: the name belongs to the server',
  ])
})

it.each([
  ['sys', { dialect: 'postgres' }],
  ['Guest', { dialect: 'mssql' }],
  ['x'.repeat(129), { dialect: 'mssql' }],
])('refuses %s for a schema, of a backup of any engine: %j', (name, engine) => {
  const model = { ...sampleModel([sampleTable('s', 't', [sampleColumn('a', INT)])]), ...engine }
  expect(() => planForEmpty(model, { schemas: { s: name } })).toThrow(
    `cannot use setting "mapping.schemas.s": "${name}" is no name for a schema`,
  )
})
