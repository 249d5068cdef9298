import type { Column, LogicalType, NativeFacts } from '@albackup/core'
import { sampleColumn, sampleKey, sampleModel, sampleTable } from '@albackup/testkit/sample'
import { describe, expect, it } from 'vitest'
import { planForEmpty } from '../plan.ts'

const FINE: LogicalType = { kind: 'timestamp', precision: 6 }
const TEXT: LogicalType = { kind: 'text', length: 20, unit: 'utf16', fixed: false }

const column = (name: string, logical: LogicalType, facts: NativeFacts, more: Partial<Column> = {}) =>
  sampleColumn(name, logical, { ...more, native: { declaration: 'x', facts } })

const key = (name: string) => ({ ...sampleKey(name, 'Mail'), native: { ignoreDuplicateKey: true } })

const TEMPORAL = { history: { schema: 'app', name: 'People_Archive' }, start: 'From', end: 'To' }

describe('what the source did by itself', () => {
  it('and PostgreSQL does not is a finding', () => {
    const people = sampleTable(
      'app',
      'People',
      [
        column('Mail', TEXT, { masked: 'email()', sparse: true }),
        column('Name', TEXT, { masked: true }),
        column('From', FINE, { generatedAlways: 'row start', hidden: true }),
        column('To', FINE, { generatedAlways: 'row end' }, { nullable: true }),
      ],
      {
        native: { temporal: TEMPORAL, memoryOptimized: true },
        primaryKey: key('pk'),
        uniqueKeys: [key('uq')],
        indexes: [
          { ...key('ix'), unique: true, clustered: false, method: 'btree', included: [], enabled: true },
          {
            ...sampleKey('plain', 'Name'),
            unique: true,
            clustered: false,
            method: 'btree',
            included: [],
            enabled: true,
          },
        ],
      },
    )
    const others = ['updatable', 'append-only', 'history'].map((ledger) =>
      sampleTable('app', ledger, [sampleColumn('a', TEXT)], { native: { ledger, temporal: 'history' } }),
    )
    const { findings } = planForEmpty(sampleModel([people, ...others]), {})
    expect(findings.map(({ severity, kind, object, message }) => `${severity} ${kind} ${object} ${message}`)).toEqual([
      'lost table app.People keeps no earlier versions of its rows; those up to now are in app.People_Archive',
      'lost column app.People.Mail is shown to all who may read it; the source masked it by email()',
      'lost column app.People.Name is shown to all who may read it; the source masked it',
      'lost column app.People.From is not set any more when its row changes; new rows must give it',
      'lost column app.People.To is not set any more when its row changes',
      ...['primary key app.People.pk', 'unique key app.People.uq', 'index app.People.ix'].map(
        (one) => `changed ${one} refuses a row with a key that is there, which the source passed over with a warning`,
      ),
      'lost table app.updatable is no ledger: nothing proves that its rows were not changed',
      'lost table app.append-only is no ledger: its rows can be changed and deleted',
    ])
  })
})
