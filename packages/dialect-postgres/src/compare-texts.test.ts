import type { TextPair } from '@albackup/core'
import { type PostgresServer, startPostgres } from '@albackup/testkit/postgres-server'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compareTexts } from './compare-texts.ts'

const TABLE = { schema: 's', name: 't' }

describe('two texts of the same thing', () => {
  let server: PostgresServer
  let client: pg.Client
  beforeAll(async () => {
    server = await startPostgres()
    const { host, port, user, password } = server
    client = new pg.Client({ host, port, user, password, database: await server.createDatabase() })
    await client.connect()
    await client.query(`create schema s; create sequence s.numbers; create domain s.phone as varchar(24);
      create table s.t (a integer, b varchar(10), c numeric(10, 2), d timestamp(3)); set search_path = ''`)
  }, 60_000)
  afterAll(async () => {
    await client?.end()
    await server?.[Symbol.asyncDispose]()
  })

  async function verdict(aspect: TextPair['aspect'], planned: string, found: string, type?: string) {
    const pair = { aspect, table: TABLE, planned, found, ...(type !== undefined && { type }) }
    return (await compareTexts(client, [pair]))[0]
  }

  it.each<[TextPair['aspect'], string, string, string?]>([
    ['type', 'varchar(40)', 'character varying(40)'],
    ['type', '"s"."phone"', 's.phone'],
    ['type', 'timestamptz(3)', 'timestamp(3) with time zone'],
    [
      'condition',
      `"b" in ('x', 'y')`,
      `((b)::text = ANY ((ARRAY['x'::character varying, 'y'::character varying])::text[]))`,
    ],
    ['condition', '"a" between 1 and 5', '((a >= 1) AND (a <= 5))'],
    ['filter', `"b" like 'a%' and "c" is not null`, `(((b)::text ~~ 'a%'::text) AND (c IS NOT NULL))`],
    ['default', '0', '0.00', 'numeric(10,2)'],
    ['default', `'x'`, `'x'::character varying`, 'character varying(10)'],
    ['default', `nextval('"s"."numbers"')`, `nextval('s.numbers'::regclass)`, 'bigint'],
    ['default', 'localtimestamp(3)', 'LOCALTIMESTAMP(3)', 'timestamp(3) without time zone'],
    ['computed value', '"a" * 2', '(a * 2)', 'integer'],
    ['definition', 'CHECK ((a > 0)) NOT VALID', 'CHECK (a > 1)'],
    ['text', 'create view s.v ("x") as\nselect "a" from "s"."t"', 'create view s.v as\n SELECT a AS x\n   FROM s.t'],
    [
      'text',
      'create view s.v as select a from s.t with check option',
      'create view s.v with (check_option=cascaded) as\n SELECT a FROM s.t',
    ],
    [
      'text',
      'create view s.v with (check_option=local, security_barrier=true) as select a from s.t',
      'create view s.v with (security_barrier=true, check_option=local) as\n SELECT a FROM s.t',
    ],
    [
      'text',
      "create function s.f() returns text language sql\nbegin atomic\n select 'x'::text,\n    1;\nend",
      "create function s.f() returns text language sql\nbegin atomic\n select 'x'::text AS text,\n    1;\nend",
    ],
  ])('are the same: the %s %s, %s', async (...[aspect, planned, found, type]) => {
    expect(await verdict(aspect, planned, found, type)).toBe(true)
  })

  it.each<[TextPair['aspect'], string, string, string?]>([
    ['type', 'varchar(40)', 'character varying(41)'],
    ['type', '"s"."phone"', 'character varying(24)'],
    ['condition', `"b" in ('x', 'y')`, `((b)::text = 'x'::text)`],
    ['default', '0', '0.01', 'numeric(10,2)'],
    ['default', '2.345', '2.34', 'numeric(10,2)'],
    ['definition', 'CREATE INDEX i ON s.t USING btree (a)', 'CREATE INDEX i ON s.t USING btree (a DESC)'],
    ['text', 'create view s.v as select a from s.t', 'create view s.v as select a as x from s.t'],
    ['text', 'create view s.v as select a from s.t', 'create view s.v as select a from s.t where a > 0'],
    [
      'text',
      'create view s.v as select a from s.t',
      'create view s.v with (security_barrier=true) as\n select a from s.t',
    ],
    ['text', 'create view s.v as select a from s.t', 'create materialized view s.v as select a from s.t'],
    ['text', 'create view s.v as select a from s.t with local check option', 'create view s.v as\n select a from s.t'],
    ['text', 'create function f', 'create function g'],
  ])('are not the same: the %s %s, %s', async (...[aspect, planned, found, type]) => {
    expect(await verdict(aspect, planned, found, type)).toBe(false)
  })

  it('are not told apart when the server does not understand one of them, and the next ones are', async () => {
    const pair = { aspect: 'condition', table: TABLE, planned: 'nobody > 0' } as const
    const pairs = [
      { ...pair, found: 'a > 0' },
      { ...pair, planned: 'a > 0', found: '(a > 0)' },
    ]
    expect(await compareTexts(client, pairs)).toEqual([null, true])
    expect(await verdict('computed value', '1 / 0', '1', 'integer')).toBeNull()
  })

  it('run no function and change nothing', async () => {
    await verdict('default', `nextval('s.numbers')`, `nextval('s.numbers'::regclass)`, 'integer')
    expect(await verdict('condition', 'true); drop sequence s.numbers; --', 'a > 0')).toBeNull()
    expect(await verdict('text', 'create view v as select 1) as v; drop sequence s.numbers; --', '')).toBe(false)
    expect(
      await verdict(
        'text',
        'create view v as select 1) as v; drop sequence s.numbers; --',
        'create view v as select 1',
      ),
    ).toBeNull()
    const { rows } = await client.query('select is_called from s.numbers')
    expect(rows).toEqual([{ is_called: false }])
  })
})
