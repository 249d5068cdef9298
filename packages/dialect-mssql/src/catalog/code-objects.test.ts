import { describe, expect, it } from 'vitest'
import { INT_ROW } from '../testing/catalog-rows.ts'
import { scriptedCatalog } from '../testing/scripted-catalog.ts'
import { mapClrModule } from './clr-modules.ts'
import type { ClrParameterRow } from './clr-parameters.ts'
import { readDatabaseTriggers } from './database-triggers.ts'
import { readNumberedProcedures } from './numbered-procedures.ts'
import { mapPlanGuide } from './plan-guides.ts'
import { readSecurityPolicies } from './security-policies.ts'
import { underSettings } from './set-options.ts'
import { mapSynonym } from './synonyms.ts'
import { readTriggerOrder } from './trigger-order.ts'

const ON = { ansiNullsOff: false, quotedIdentifierOff: false }

it('a statement of other settings is one batch, which leaves those of the session alone', () => {
  expect(underSettings("print 'x'", ON)).toBe("print 'x'")
  expect(underSettings("print 'x'", { ansiNullsOff: true, quotedIdentifierOff: true })).toBe(
    "set ansi_nulls off\nset quoted_identifier off\ngo\nprint 'x'",
  )
})

it('a synonym stands for what it was written for', () => {
  expect(mapSynonym({ schema: 'dbo', name: 'o]x', base: '[srv].[db].[dbo].[T]' })).toEqual({
    kind: 'synonym',
    name: '[dbo]."o]x"',
    statements: ['create synonym [dbo]."o]x" for [srv].[db].[dbo].[T]'],
    stage: 'before tables',
    drop: 'drop synonym [dbo]."o]x"',
  })
})

describe('a trigger of the database', () => {
  const row = { ...ON, name: 'ddl', definition: 'create trigger ddl on database for create_table as print 1' }

  it('is made as it was typed, and disabled again', async () => {
    const catalog = scriptedCatalog([/parent_class = 0/, [{ ...row, isEncrypted: false, isDisabled: true }]])
    expect(await readDatabaseTriggers(catalog)).toEqual({
      objects: [
        {
          kind: 'database trigger',
          name: '[ddl]',
          statements: [row.definition, 'disable trigger [ddl] on database'],
          stage: 'after modules',
          drop: 'drop trigger [ddl] on database',
        },
      ],
      leftBehind: [],
    })
  })

  it.each([
    [true, 'its text is encrypted (WITH ENCRYPTION), and the server shows it to nobody; create it from its source'],
    [false, 'the login may not see its text; grant it VIEW DEFINITION'],
  ])('without a text is left behind; encrypted: %s', async (isEncrypted, reason) => {
    const catalog = scriptedCatalog([
      /parent_class = 0/,
      [{ ...row, definition: null, isEncrypted, isDisabled: false }],
    ])
    expect(await readDatabaseTriggers(catalog)).toEqual({
      objects: [],
      leftBehind: [{ kind: 'database trigger', name: '[ddl]', reason }],
    })
  })
})

it('the order of triggers is set for each event, with the table they are on', async () => {
  const order = { schema: 'dbo', name: 'tr', onTable: 'T', event: 'INSERT', isFirst: true }
  const ddl = { schema: null, name: 'ddl', onTable: null, event: 'CREATE_TABLE', isFirst: false }
  const { objects } = await readTriggerOrder(scriptedCatalog([/trigger_events/, [order, ddl]]))
  expect(objects).toEqual([
    {
      kind: 'order of triggers',
      name: '[dbo].[tr] first for INSERT',
      statements: ["exec sys.sp_settriggerorder @triggername = N'[dbo].[tr]', @order = 'First', @stmttype = 'INSERT'"],
      stage: 'after modules',
      table: { schema: 'dbo', name: 'T' },
    },
    {
      kind: 'order of triggers',
      name: '[ddl] last for CREATE_TABLE',
      statements: [
        "exec sys.sp_settriggerorder @triggername = N'[ddl]', @order = 'Last', @stmttype = 'CREATE_TABLE', @namespace = 'DATABASE'",
      ],
      stage: 'after modules',
    },
  ])
})

it('numbered procedures follow the first of their name', async () => {
  const row = { schema: 'dbo', name: 'p', isEncrypted: false }
  const rows = [
    { ...row, number: 10, definition: null },
    { ...row, number: 2, definition: 'create proc old;2 as select 2' },
  ]
  expect(await readNumberedProcedures(scriptedCatalog([/numbered_procedures/, rows]))).toEqual({
    objects: [
      {
        kind: 'numbered procedure',
        name: '[dbo].[p];2',
        statements: ['create proc [dbo].[p];2 as select 2'],
        stage: 'after modules',
      },
    ],
    leftBehind: [
      {
        kind: 'numbered procedure',
        name: '[dbo].[p];10',
        reason: 'the login may not see its text; grant it VIEW DEFINITION',
      },
    ],
  })
})

describe('a plan guide', () => {
  const row = {
    name: "g'1",
    isDisabled: true,
    query: 'select 1',
    scopeType: 1,
    moduleSchema: 'dbo',
    module: 'p',
    batch: null,
    parameters: null,
    hints: 'OPTION (MAXDOP 1)',
  }

  it('of a module names it', () => {
    expect(mapPlanGuide(row).statements).toEqual([
      "if exists (select 1 from sys.plan_guides where name = N'g''1') exec sys.sp_control_plan_guide @operation = N'DROP', @name = N'g''1'",
      "exec sys.sp_create_plan_guide @name = N'g''1', @stmt = N'select 1', @type = N'OBJECT', @module_or_batch = N'[dbo].[p]', @params = null, @hints = N'OPTION (MAXDOP 1)'",
      "exec sys.sp_control_plan_guide @operation = N'DISABLE', @name = N'g''1'",
    ])
  })

  it('of a template has parameters', () => {
    const template = { ...row, scopeType: 3, isDisabled: false, moduleSchema: null, module: null, parameters: '@0 int' }
    expect(mapPlanGuide(template).statements[1]).toContain(
      "@type = N'TEMPLATE', @module_or_batch = null, @params = N'@0 int'",
    )
  })
})

it('a security policy has its predicates, and may hide rows from who reads them', async () => {
  const policy = { id: 7, schema: 'sec', name: 'p', isEnabled: true, notForReplication: false, isSchemaBound: true }
  const predicate = { policyId: 7, onSchema: 'dbo', onName: 'T', definition: '([sec].[f]([owner]))' }
  const catalog = scriptedCatalog(
    [
      /security_predicates/,
      [
        { ...predicate, type: 'FILTER', operation: null },
        { ...predicate, type: 'BLOCK', operation: 'AFTER INSERT' },
      ],
    ],
    [/security_policies/, [policy]],
  )
  expect(await readSecurityPolicies(catalog)).toEqual({
    objects: [
      {
        kind: 'security policy',
        name: '[sec].[p]',
        statements: [
          'create security policy [sec].[p]\nadd filter predicate [sec].[f]([owner]) on [dbo].[T],\nadd block predicate [sec].[f]([owner]) on [dbo].[T] after insert\nwith (state = on, schemabinding = on)',
        ],
        stage: 'after modules',
        drop: 'drop security policy [sec].[p]',
        table: { schema: 'dbo', name: 'T' },
      },
    ],
    leftBehind: [
      {
        kind: 'rows under a security policy',
        name: '[dbo].[T]',
        reason: 'policy [sec].[p] may hide rows from this login; dump with one that it lets see all',
      },
    ],
  })
})

describe('a module of an assembly is declared as', () => {
  const row = {
    id: 1,
    schema: 'dbo',
    name: 'M',
    assembly: 'Asm',
    class: 'Name.Space.Class',
    method: 'Run',
    nullOnNullInput: true,
    executeAs: null,
    onSchema: null,
    onName: null,
    isOnTable: false,
    isInsteadOf: false,
    isDisabled: false,
    events: null,
  }
  const parameter = (ordinal: number, name: string, facts: Partial<ClrParameterRow> = {}): ClrParameterRow => ({
    ...INT_ROW,
    objectId: 1,
    ordinal,
    name,
    isOutput: false,
    default: null,
    ...facts,
  })
  const result = parameter(0, '')
  const a = parameter(1, '@a')

  it.each([
    [
      'create procedure [dbo].[M] @a int = 5, @b int output\nas external name [Asm].[Name.Space.Class].[Run]',
      { type: 'PC' },
      [parameter(1, '@a', { default: '5' }), parameter(2, '@b', { isOutput: true })],
    ],
    [
      "create function [dbo].[M] (@a int) returns int with returns null on null input, execute as 'ann'\nas external name [Asm].[Name.Space.Class].[Run]",
      { type: 'FS', executeAs: "'ann'" },
      [result, a],
    ],
    [
      'create function [dbo].[M] (@a int) returns table ([c] int)\nas external name [Asm].[Name.Space.Class].[Run]',
      { type: 'FT' },
      [a],
    ],
    [
      'create aggregate [dbo].[M] (@a int) returns int\nexternal name [Asm].[Name.Space.Class]',
      { type: 'AF', method: null },
      [result, a],
    ],
    [
      'create trigger [dbo].[M] on [dbo].[T] with execute as owner after insert, update\nas external name [Asm].[Name.Space.Class].[Run]',
      { type: 'TA', onSchema: 'dbo', onName: 'T', isOnTable: true, events: 'INSERT, UPDATE', executeAs: 'owner' },
      [],
    ],
  ])('%s', (statement, facts, parameters) => {
    const columns = new Map([[1, [parameter(1, 'c')]]])
    const module = mapClrModule({ ...row, ...facts }, new Map([[1, parameters]]), columns)
    expect(module.statements).toEqual([statement])
  })
})
