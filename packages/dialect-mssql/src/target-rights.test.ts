import { describe, expect, it } from 'vitest'
import { missingTargetRights } from './target-rights.ts'
import { scriptedCatalog } from './testing/scripted-catalog.ts'

const missing = (rights: Readonly<Record<string, number | null>>) =>
  missingTargetRights(
    scriptedCatalog([/has_perms/, [{ user: 'ann]', database: 'shop', schema: 'dbo', reseeds: 1, ...rights }]]),
  )

describe('a login lacks', () => {
  it('nothing, or what the server does not know', async () => {
    expect(await missing({})).toEqual([])
    expect(await missing({ r0: null, r5: null })).toEqual([])
  })

  it.each([
    [{ r0: 0 }, 'CREATE TABLE on database [shop]', 'needed', 'grant create table to "ann]"'],
    [{ r1: 0 }, 'ALTER on schema [dbo]', 'needed', 'grant alter on schema::[dbo] to "ann]"'],
    [{ r5: 0 }, 'REFERENCES on schema [dbo]', 'advised', 'grant references on schema::[dbo] to "ann]"'],
    [{ reseeds: 0 }, 'db_ddladmin in database [shop]', 'advised', 'alter role [db_ddladmin] add member "ann]"'],
  ])('%o', async (rights, right, severity, grant) => {
    expect(await missing(rights)).toMatchObject([{ right, severity, grant }])
  })
})
