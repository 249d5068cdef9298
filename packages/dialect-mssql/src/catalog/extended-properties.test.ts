import { describe, expect, it } from 'vitest'
import { type ExtendedPropertyRow, mapExtendedProperty } from './extended-properties.ts'
import type { SecurableRow, Securables } from './securables.ts'

const securable = (row: Partial<SecurableRow>): SecurableRow => ({
  class: 1,
  id: 0,
  schema: 'dbo',
  name: '',
  type: '',
  parent: null,
  parentType: null,
  ...row,
})

const ROWS: readonly SecurableRow[] = [
  securable({ id: 1, name: "T'x", type: 'U' }),
  securable({ id: 2, name: 'V', type: 'V' }),
  securable({ id: 3, name: 'P', type: 'P' }),
  securable({ id: 4, name: 'F', type: 'TF' }),
  securable({ id: 5, name: 'TR', type: 'TR', parent: 'V', parentType: 'V' }),
  securable({ id: 6, name: 'CK', type: 'C', parent: 'T', parentType: 'U' }),
  securable({ id: 7, name: 'zero', type: 'D' }),
  securable({ id: 8, schema: null, name: 'ddl', type: 'DDL' }),
  securable({ id: 9, name: 'Q', type: 'SQ' }),
  securable({ class: 3, id: 5, schema: null, name: 'sales' }),
  securable({ class: 4, id: 5, schema: null, name: 'readers', type: 'R' }),
  securable({ class: 6, id: 5, name: 'phone' }),
  securable({ class: 10, id: 5, name: 'xsc' }),
  securable({ class: 20, id: 5, schema: null, name: 'ps' }),
  securable({ class: 25, id: 5, schema: null, name: 'cert' }),
]

const securables: Securables = { find: (of, id) => ROWS.find((row) => row.class === of && row.id === id) }

const property = (facts: Partial<ExtendedPropertyRow>): ExtendedPropertyRow => ({
  class: 1,
  className: 'object_or_column',
  id: 1,
  minorId: 0,
  part: null,
  typeSchema: null,
  typeName: null,
  property: 'p',
  baseType: 'int',
  precision: 10,
  scale: 0,
  maxLength: 4,
  collation: null,
  text: '1',
  ...facts,
})

const add = "exec sys.sp_addextendedproperty @name = N'p', @value = 1"
const dbo = "@level0type = N'SCHEMA', @level0name = N'dbo', @level1type"

describe('an extended property belongs to', () => {
  it.each<[string, Partial<ExtendedPropertyRow>, string]>([
    ["table [dbo].[T'x]", { id: 1 }, `${dbo} = N'TABLE', @level1name = N'T''x'`],
    [
      "column [dbo].[T'x].[c]",
      { id: 1, minorId: 2, part: 'c' },
      `${dbo} = N'TABLE', @level1name = N'T''x', @level2type = N'COLUMN', @level2name = N'c'`,
    ],
    [
      "index [dbo].[T'x].[ix]",
      { class: 7, id: 1, minorId: 2, part: 'ix' },
      `${dbo} = N'TABLE', @level1name = N'T''x', @level2type = N'INDEX', @level2name = N'ix'`,
    ],
    ['view [dbo].[V]', { id: 2 }, `${dbo} = N'VIEW', @level1name = N'V'`],
    [
      'column [dbo].[F].[c]',
      { id: 4, minorId: 1, part: 'c' },
      `${dbo} = N'FUNCTION', @level1name = N'F', @level2type = N'COLUMN', @level2name = N'c'`,
    ],
    [
      'parameter [dbo].[P].[@a]',
      { class: 2, id: 3, minorId: 1, part: '@a' },
      `${dbo} = N'PROCEDURE', @level1name = N'P', @level2type = N'PARAMETER', @level2name = N'@a'`,
    ],
    [
      'trigger [dbo].[V].[TR]',
      { id: 5 },
      `${dbo} = N'VIEW', @level1name = N'V', @level2type = N'TRIGGER', @level2name = N'TR'`,
    ],
    [
      'constraint [dbo].[T].[CK]',
      { id: 6 },
      `${dbo} = N'TABLE', @level1name = N'T', @level2type = N'CONSTRAINT', @level2name = N'CK'`,
    ],
    ['default [dbo].[zero]', { id: 7 }, `${dbo} = N'DEFAULT', @level1name = N'zero'`],
    ['database trigger [ddl]', { id: 8 }, `@level0type = N'TRIGGER', @level0name = N'ddl'`],
    ['user [readers]', { class: 4, id: 5 }, `@level0type = N'USER', @level0name = N'readers'`],
    ['type [dbo].[phone]', { class: 6, id: 5 }, `${dbo} = N'TYPE', @level1name = N'phone'`],
    [
      'column [app].[tt].[c]',
      { class: 8, id: 9, minorId: 1, part: 'c', typeSchema: 'app', typeName: 'tt' },
      "@level0type = N'SCHEMA', @level0name = N'app', @level1type = N'TYPE', @level1name = N'tt', @level2type = N'COLUMN', @level2name = N'c'",
    ],
    [
      'xml schema collection [dbo].[xsc]',
      { class: 10, id: 5 },
      `${dbo} = N'XML SCHEMA COLLECTION', @level1name = N'xsc'`,
    ],
    ['partition scheme [ps]', { class: 20, id: 5 }, `@level0type = N'PARTITION SCHEME', @level0name = N'ps'`],
  ])('%s', (object, facts, levels) => {
    expect(mapExtendedProperty(property(facts), securables)).toMatchObject({
      kind: 'extended property',
      name: `[p] of ${object}`,
      statements: [`${add}, ${levels}`],
      stage: 'after modules',
    })
  })

  it('the database or a schema, which may have it already', () => {
    expect(mapExtendedProperty(property({ class: 0, id: 0 }), securables)).toEqual({
      kind: 'extended property',
      name: '[p] of the database',
      statements: [
        "if exists (select 1 from sys.extended_properties where class = 0 and major_id = 0 and name = N'p')\n  exec sys.sp_dropextendedproperty @name = N'p'",
        add,
      ],
      stage: 'after modules',
    })
    expect(mapExtendedProperty(property({ class: 3, id: 5 }), securables)).toMatchObject({
      statements: [
        expect.stringContaining("class = 3 and major_id = schema_id(N'sales') and name = N'p'"),
        `${add}, @level0type = N'SCHEMA', @level0name = N'sales'`,
      ],
    })
  })

  it('a table, without which it is not added', () => {
    expect(mapExtendedProperty(property({ id: 6 }), securables)).toMatchObject({ table: { schema: 'dbo', name: 'T' } })
    expect(mapExtendedProperty(property({ id: 5 }), securables)).not.toHaveProperty('table')
  })

  it.each([
    ['a certificate', { class: 25, id: 5, className: 'certificate' }],
    ['a file', { class: 22, id: 1, className: 'database_file' }],
    ['something the catalog does not show', { id: 99 }],
    ['the index of a table type', { class: 7, id: 9, part: 'ix', typeSchema: 'app', typeName: 'tt' }],
  ])('%s, with which it is left behind', (_, facts) => {
    expect(mapExtendedProperty(property(facts), securables)).toMatchObject({
      kind: 'extended property',
      reason: 'it belongs to something that is not carried; add it again with that',
    })
  })
})

it('a value keeps its type, by way of a variable where it is no constant', () => {
  const money = property({ baseType: 'money', text: '1.2345' })
  expect(mapExtendedProperty(money, securables)).toMatchObject({
    statements: [
      `declare @value sql_variant = cast(N'1.2345' as money)\nexec sys.sp_addextendedproperty @name = N'p', @value = @value, ${dbo} = N'TABLE', @level1name = N'T''x'`,
    ],
  })
})

it('a value with a backslash at the end of a line, which a literal would lose, comes in several', () => {
  const path = property({ baseType: 'nvarchar', text: 'C:\\in\\\nC:\\out\\\r\n' })
  expect(mapExtendedProperty(path, securables)).toMatchObject({
    statements: [
      `declare @value sql_variant = N'C:\\in\\' + N'\nC:\\out\\' + N'\r\n'\nexec sys.sp_addextendedproperty @name = N'p', @value = @value, ${dbo} = N'TABLE', @level1name = N'T''x'`,
    ],
  })
})
