import { mkdtemp, readdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { PlanReport, TableReport } from '../jobs/plan-report.ts'
import { planPage } from './html/plan-page.ts'
import { writeObjects } from './plan-files.ts'
import { planScript } from './plan-script.ts'
import { planText } from './plan-text.ts'

const ID = {
  source: 'id',
  native: 'int',
  target: 'id',
  type: 'integer',
  nullable: false,
  exact: true,
  reason: '',
  key: true,
}
const NOTE = {
  ...ID,
  source: 'note',
  native: 'nvarchar(9)',
  target: 'note',
  type: 'varchar(9)',
  key: false,
  exact: false,
  reason: 'no NUL',
}

function table(source: string, facts: Partial<TableReport> = {}): TableReport {
  return { source, target: `"${source}"`, rows: 2, bytes: 20, columns: [ID], references: [], ...facts }
}

function planned(facts: Partial<PlanReport> = {}): PlanReport {
  return {
    backup: 'b',
    target: 'postgres://h/d',
    tables: [
      table('s.a', { columns: [ID, NOTE] }),
      table('s.a.b', { references: [{ name: 'fk', columns: ['id'], references: 's.a' }] }),
    ],
    findings: [
      { severity: 'info', kind: 'index', object: 's.a.i', message: 'is fine' },
      { severity: 'changed', kind: 'column', object: 's.a.b.id', message: 'is another' },
      { severity: 'lost', kind: 'view', object: 's.v', message: 'is left out,\n its text' },
    ],
    expressions: [{ kind: 'default', object: 's.a.id', native: '(getdate())', sql: 'now()' }],
    statements: {
      tables: [{ object: '"s"."a"', kind: 'table', sql: 'create table "s"."a" ()', optional: false }],
      keys: [],
      references: [
        {
          object: 's.a\n; drop table x',
          sql: 'alter table',
          optional: true,
          fallback: {
            sql: 'alter table\nnot valid',
            finding: { severity: 'changed', kind: 'k', object: 'o', message: 'm' },
          },
        },
      ],
      values: [],
      objects: [],
    },
    existing: [],
    byHand: [],
    rows: 4,
    rowsRead: 4,
    seconds: 1,
    ...facts,
  }
}

describe('the text of a plan', () => {
  it('says which columns the source counts', () => {
    const counted = { ...ID, identity: true as const }
    const text = planText(planned({ tables: [table('s.a', { columns: [counted, NOTE] })] }), false)
    expect(text.find((line) => line.startsWith('  id '))).toMatch(
      /^ {2}id +int identity not null PK +-> integer +exact$/,
    )
  })

  it('tells of each table what is worth a word, under the table with the longest name that fits', () => {
    expect(planText(planned(), true)).toEqual([
      'plan for b',
      '  into postgres://h/d',
      '  2 tables, 40 bytes, 4 rows; each was looked at',
      '  1 expression carried over',
      '  findings: 1 lost, 1 changed, 1 info',
      '',
      's.a.b -> "s.a.b": 2 rows, 20 bytes',
      '  changed  column s.a.b.id: is another',
      '',
      '1 table of which nothing has to be said',
      '',
      'other objects',
      '  lost     view s.v: is left out, its text',
    ])
  })

  it('tells of types that may alter a value when no row was looked at', () => {
    const text = planText(planned({ rowsRead: 0 }), true)
    expect(text).toContain('  note  nvarchar(9) not null  -> varchar(9)  not every value [1]')
    expect(text.slice(-2)).toEqual(['notes', '  [1] no NUL'])
  })

  it('does not take the rows before one that ends the load for all of them', () => {
    const blocks = { severity: 'blocks', kind: 'table', object: 's.a', message: 'a value is too long' } as const
    const text = planText(planned({ findings: [blocks], rowsRead: 3 }), true)
    expect(text[2]).toBe('  2 tables, 40 bytes, 4 rows; 3 of them were looked at')
    expect(text).toContain('  note  nvarchar(9) not null  -> varchar(9)  not every value [1]')
  })

  it('takes a column of another meaning for whole when each of its values is', () => {
    const changed = { severity: 'changed', kind: 'column', object: 's.a.note', message: 'is another' } as const
    const lines = (severity: 'changed' | 'lost') => planText(planned({ findings: [{ ...changed, severity }] }), false)
    expect(lines('changed').find((line) => line.includes('varchar(9)'))).toContain('exact for these rows')
    expect(lines('lost').find((line) => line.includes('varchar(9)'))).toContain('not every value')
  })

  it('quotes a name that nobody could make out', () => {
    const { tables } = planned()
    const blank = { ...tables[0]!, columns: [{ ...tables[0]!.columns[0]!, source: ' ', target: ' ' }] }
    expect(planText(planned({ tables: [blank] }), false).join('\n')).toContain('\n  " "  ')
  })

  it('tells everything', () => {
    const text = planText(planned(), false)
    expect(text).toContain('  carried  default s.a.id: (getdate()) -> now()')
    expect(text).toContain('  info     index s.a.i: is fine')
    expect(text).toContain('  id    int not null PK       -> integer     exact')
    expect(text).toContain('  note  nvarchar(9) not null  -> varchar(9)  exact for these rows [1]')
  })

  it('counts the views that are carried over, and shows them', () => {
    const view = { kind: 'view', object: 's.V', native: 'create view s.V as\nselect 1 as a', sql: 'select 1' }
    const report = planned({ expressions: [...planned().expressions, view] })
    expect(planText(report, true)).toContain('  1 expression and 1 view carried over')
    expect(planText(report, false)).toContain('  carried  view s.V: create view s.V as select 1 as a -> select 1')
    expect(planPage(report, new Date(0))).toContain('<pre>create view s.V as\nselect 1 as a</pre><pre>select 1</pre>')
  })

  it('names what a restore would drop', () => {
    expect(planText(planned({ existing: ['"s"."a"'] }), false)).toContain('  a restore drops or overwrites: "s"."a"')
  })
})

it('writes a script in sections, in which no name and no alternative is a statement', () => {
  const script = planScript(planned(), ';')
  expect(script.split('\n').filter((line) => !line.startsWith('--') && line !== '')).toEqual([
    'create table "s"."a" ();',
    'alter table;',
  ])
  expect(script.match(/^-- (pre-data|data|post-data)$/gm)).toEqual(['-- pre-data', '-- data', '-- post-data'])
  expect(script).toContain('-- "s.a": 2 rows of s.a\n')
})

describe('the page of a plan', () => {
  const evil = `</script><img src=x onerror=alert(1)>"'&`
  const page = planPage(
    planned({
      backup: evil,
      target: evil,
      tables: [
        table(evil, {
          target: evil,
          columns: [{ ...ID, source: evil, native: evil, target: evil, type: evil, reason: evil }],
        }),
      ],
      findings: [{ severity: 'blocks', kind: evil, object: evil, message: evil }],
      expressions: [{ kind: evil, object: evil, native: evil, sql: evil }],
      existing: [evil],
      byHand: [{ kind: evil, object: evil, text: evil }],
    }),
    new Date(0),
  )

  it('is one file that fetches nothing', () => {
    expect(page.replaceAll(/"[^"<>]*"|>[^<]*</g, '')).not.toMatch(/\s(src|srcset|action|background)=|@import|url\(/)
    expect([...page.matchAll(/href="([^"]*)"/g)].every(([, to]) => to!.startsWith('#'))).toBe(true)
    expect(page).toContain('default-src &#39;none&#39;')
  })

  it('shows what the database says, and obeys none of it', () => {
    expect(page.match(/<\/script>/g)).toHaveLength(1)
    expect(page).not.toContain('<img')
    expect(page.match(/&lt;img src=x/g)!.length).toBeGreaterThan(12)
  })

  it('has a diagram, sizes, findings by severity, and the columns of each table', () => {
    const usual = planPage(planned(), new Date(0))
    expect(usual.match(/<rect [^>]*rx="4"/g)).toHaveLength(2)
    expect(usual.match(/data-from="1" data-to="0"/g)).toHaveLength(1)
    expect([...usual.matchAll(/data-show="(\w+)"/g)].map(([, severity]) => severity)).toEqual([
      'lost',
      'changed',
      'info',
    ])
    expect([...usual.matchAll(/<tr data-severity="(\w+)"/g)].map(([, severity]) => severity)).toEqual([
      'lost',
      'changed',
      'info',
    ])
    expect(usual.match(/<details class="table"/g)).toHaveLength(2)
  })
})

it('writes each object that needs a hand to a file of its own, inside the folder', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'albackup-plan-'))
  const names = ['s.v', 's.V', '../../etc/passwd', 'a/b\\c:d', '', 'x'.repeat(300)]
  const paths = await writeObjects(
    folder,
    names.map((object) => ({ kind: 'view', object, text: `create view ${object}` })),
  )
  expect(paths).toHaveLength(names.length)
  expect((await readdir(join(folder, 'view'))).toSorted()).toEqual(
    ['__.._etc_passwd.sql', '_.sql', 'a_b_c_d.sql', 's.V-2.sql', 's.v.sql', `${'x'.repeat(120)}.sql`].toSorted(),
  )
  expect(await readFile(paths[1]!, 'utf8')).toBe('create view s.V\n')
})
