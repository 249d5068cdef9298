import { isPlainLane } from '@albackup/testkit/postgres-server'
import { expect, it } from 'vitest'
import { postgres } from '../../index.ts'
import { roundTrip } from '../../testing/round-trip.ts'
import { QUIET, usePostgresSource } from '../../testing/test-source.ts'

const database = usePostgresSource()

const SHARED = `
  create schema s;
  create type s.state as enum ('new', 'paid');
  create domain s.price as numeric(9, 2) check (value >= 0);
  create collation s.german (provider = icu, locale = 'de');
  create operator s.=== (leftarg = integer, rightarg = integer, function = int4eq);
  create table s.things (id integer primary key, state s.state, price s.price, name text collate s.german);
  create publication everything for all tables;
  create publication things for table s.things;
  insert into s.things values (1, 'new', 2, 'x')`

it.skipIf(isPlainLane())(
  'that are there already are foretold, and the restore says no more than the plan',
  async () => {
    await using origin = await database(SHARED)
    await using copy = await database('')
    expect((await roundTrip(origin.connection, copy.connection)).findings).toEqual([])
    await using source = await origin.open()
    await using target = await postgres.openTarget!(postgres.parseConnection(copy.connection), QUIET)
    const { findings } = await target.plan(await source.reflect(), {})
    const said = findings.map(({ severity, kind, object, message }) => `${severity} ${kind} ${object} ${message}`)
    expect(said.toSorted()).toEqual([
      'info collation s.german is there already, and is left as it is',
      'info operator s.===(integer,integer) is there already, and is left as it is',
      'info publication everything is there already, and is left as it is',
      'info publication things is there already, and is left as it is',
      'info type s.price is there already, and is left as it is',
      'info type s.state is there already, and is left as it is',
    ])
    const { before, after, ...again } = await roundTrip(origin.connection, copy.connection)
    expect(again).toEqual({ findings, different: [] })
    expect({ ...after, database: null }).toEqual({ ...before, database: null })
  },
)
