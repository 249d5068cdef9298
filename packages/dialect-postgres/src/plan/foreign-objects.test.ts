import type { NativeObject } from '@albackup/core'
import { sampleModel } from '@albackup/testkit/sample'
import { expect, it } from 'vitest'
import { reportForeignObjects } from './foreign-objects.ts'
import { Draft } from './planning.ts'

function said(object: Pick<NativeObject, 'kind' | 'onRequest'>): readonly string[] {
  const draft = new Draft()
  const foreign: NativeObject = { name: 'x', statements: [], stage: 'after modules', ...object }
  reportForeignObjects({ model: { ...sampleModel([]), objects: [foreign] }, draft })
  return draft.findings.map(({ severity, kind, object: name, message }) => `${severity} ${kind} ${name} ${message}`)
}

it.each([
  ['security policy', /^lost security policy x is left out: rows are shown to all who may read the table/],
  ['synonym', /^lost synonym x is left out: PostgreSQL has none; a view/],
  ['partition function', /^info partition function x is left out/],
  ['constructor', /^lost constructor x is left out, PostgreSQL has no such object$/],
])('says of a %s what becomes of it', (kind, words) => {
  expect(said({ kind })).toEqual([expect.stringMatching(words)])
})

it('has no word for each permission', () => {
  expect(said({ kind: 'permission', onRequest: true })).toEqual([])
})
