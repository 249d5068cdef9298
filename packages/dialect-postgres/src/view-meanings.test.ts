import type { ViewQuery } from '@albackup/core'
import { sampleColumn, sampleTable } from '@albackup/testkit/sample'
import { describe, expect, it } from 'vitest'
import { KnownRelations } from './expression-parser/query/known-relations.ts'
import { parseView } from './view-meanings.ts'

const INT = { kind: 'integer', bits: 32, signed: true } as const

const keyed = {
  primaryKey: { name: 'key', systemNamed: false, columns: [{ name: 'id', descending: false }], clustered: false },
}

const relations = new KnownRelations([
  { ...sampleTable('s', 'a', [sampleColumn('id', INT), sampleColumn('n', INT)]), ...keyed },
  sampleTable('s', 'b', [sampleColumn('id', INT), sampleColumn('A', INT)]),
])

const parse = (query: string, names: readonly string[]) =>
  parseView(
    `create view s.v as\n${query}`,
    names.map((name) => ({ name })),
    relations,
  )

function meaning(query: string, ...names: readonly string[]): ViewQuery {
  const parsed = parse(query, names)
  if (parsed.meaning === undefined) throw new Error(parsed.notUnderstood)
  return parsed.meaning
}

const column = (name: string, of: string) => ({ kind: 'column', name, of }) as const
const table = (name: string, alias = name) => ({ kind: 'table', schema: 's', name, alias }) as const

describe('the text of a view', () => {
  it('is the same whether columns are named with their table, as before PostgreSQL 16, or not', () => {
    const said = meaning(' SELECT a.id,\n    a.n AS "N"\n   FROM s.a\n  WHERE (a.id > 1)', 'id', 'N')
    expect(meaning(' SELECT id,\n    n AS "N"\n   FROM s.a\n  WHERE (id > 1)', 'id', 'N')).toEqual(said)
    expect(said.query).toEqual({
      kind: 'select',
      distinct: false,
      items: [column('id', 'a'), column('n', 'a')],
      from: [table('a')],
      where: {
        kind: 'binary',
        operator: '>',
        left: column('id', 'a'),
        right: { kind: 'literal', value: { type: 'integer', digits: '1' } },
      },
    })
  })

  it('joins by USING with what both tables have', () => {
    expect(meaning(' SELECT x.id FROM (s.a x JOIN s.b y USING (id))', 'id').query).toMatchObject({
      from: [
        {
          ...{ kind: 'join', join: 'inner', left: table('a', 'x'), right: table('b', 'y') },
          on: { kind: 'binary', operator: '=', left: column('id', 'x'), right: column('id', 'y') },
        },
      ],
    })
  })

  it.each([
    ['JOIN', 'x'],
    ['LEFT JOIN', 'x'],
    ['RIGHT JOIN', 'y'],
  ])('joins by USING with the column of the side that has all its rows: %s', (words, of) => {
    const text = ` SELECT x.id FROM ((s.a x ${words} s.b y USING (id)) JOIN s.a z USING (id))`
    expect(meaning(text, 'id').query).toMatchObject({
      from: [{ on: { left: column('id', of), right: column('id', 'z') } }],
    })
  })

  it('means the columns of the table where it gives them other names', () => {
    expect(meaning(' SELECT x.k FROM s.b x(k, l) WHERE (x.l = x.k)', 'k').query).toMatchObject({
      items: [column('id', 'x')],
      where: { left: column('A', 'x'), right: column('id', 'x') },
    })
  })

  it('groups also by what depends on a key, but not by what aggregates and outer queries name', () => {
    const text = ' SELECT a.n, sum(b.id) AS s FROM s.a, s.b GROUP BY a.id HAVING (count(b.id) > 1)'
    expect(meaning(text, 'n', 's').query).toMatchObject({ groupBy: [column('id', 'a'), column('n', 'a')] })
  })

  it.each([
    ['CASE WHEN (b."A" > 5) THEN 1 ELSE 2 END', '(b."A" > 5)'],
    ['(NOT (b."A" > 5))', '(b."A" > 5)'],
    ['((b."A" > 5) IS TRUE)', '(b."A" > 5)'],
    ['b."A"', 'b.id'],
  ])('is not understood where it shows a group in other words than those that make it: %s', (shown, group) => {
    const { notUnderstood } = parse(` SELECT ${shown} AS x, count(*) AS n FROM s.b GROUP BY ${group}`, ['x', 'n'])
    expect(notUnderstood).toBe('it shows A of groups in other words than those that make them')
  })

  it('joins a lateral query behind a comma with all that stands before it', () => {
    const text = ' SELECT l.m FROM s.a, s.b, LATERAL ( SELECT (a.n + b.id) AS m) l'
    const before = { kind: 'join', join: 'cross', left: table('a'), right: table('b') }
    expect(meaning(text, 'm').query).toMatchObject({ from: [{ kind: 'join', join: 'cross', left: before }] })
  })

  it('says that its rows had an order', () => {
    expect(meaning(' SELECT id FROM s.a ORDER BY n DESC NULLS LAST, (id + 1)', 'id').aside).toEqual(['order'])
  })

  it.each([
    ['security_invoker=true', { aside: ['rights'] }],
    ['security_barrier=on, security_invoker=false', { aside: ['rights'] }],
    ['security_barrier=false', {}],
    ['check_option=local', { checked: true }],
  ])('is understood with its options: %s', (options, facts) => {
    const parsed = parseView(`create view s.v with (${options}) as\n SELECT id FROM s.a`, [{ name: 'id' }], relations)
    expect(parsed.meaning).toEqual({ ...meaning(' SELECT id FROM s.a', 'id'), ...facts })
  })

  it('combines queries from left to right, INTERSECT first', () => {
    const one = (name: string) => `SELECT id FROM s.${name}`
    expect(meaning(`${one('a')} UNION ${one('b')} EXCEPT ${one('a')} INTERSECT ${one('b')}`, 'id').query).toMatchObject(
      { kind: 'except', left: { kind: 'union' }, right: { kind: 'intersect' } },
    )
  })

  it.each([
    ['SELECT c.id FROM s.c', 's.c is no table or view of the backup'],
    ['SELECT id FROM s.a, s.b', 'its column id may be of more than one table'],
    ['SELECT a.zip FROM s.a', 'its column zip is not known'],
    ['SELECT id FROM ONLY s.a', 'it has ONLY'],
    ['SELECT s.f(id) AS f FROM s.a', 'it calls the function s.f'],
    ['SELECT sum(id) OVER (PARTITION BY n) AS s FROM s.a', 'it has a window function'],
    ['SELECT lag(id) OVER (ORDER BY n) AS s FROM s.a', 'it has a window function'],
    ['SELECT id FROM s.a FETCH FIRST 3 ROWS WITH TIES', 'it shows a part of its rows only'],
    [
      'SELECT x.id FROM ((s.a x FULL JOIN s.b y USING (id)) JOIN s.a z USING (id))',
      'its column id may be of more than one table',
    ],
    ['SELECT x.id FROM (s.a JOIN s.b USING (id)) x', 'a join has a name'],
    ['SELECT id @@ n AS m FROM s.a', 'it has the operator @@'],
    ['SELECT id[1] AS m FROM s.a', 'it takes elements of an array'],
    ['SELECT (id, n) AS m FROM s.a', 'it has rows of values'],
    ['SELECT id AS s FROM s.a a AS b', 'its text is not understood at ". a a AS"'],
    ['SELECT id FROM s.a §', 'its text is too long, or has words that are not understood'],
  ])('is not understood, for a reason: %s', (text, reason) => {
    expect(parse(text, ['id'])).toEqual({ notUnderstood: reason })
  })

  it('is not understood where it has other columns than the catalog', () => {
    expect(parse('SELECT id FROM s.a', [])).toEqual({ notUnderstood: 'its columns are not those of its text' })
  })
})
