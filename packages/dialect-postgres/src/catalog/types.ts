import type { LogicalType, NativeFacts, TextType } from '@albackup/core'
import type { ClientBase } from 'pg'
import type { WireForm } from '../wire/wire-form.ts'
import { IS_NO_ARRAY, IS_SHELL_FIRST } from './objects/base-types.ts'

export interface TypeRow {
  readonly oid: string
  readonly schema: string
  readonly name: string
  /** b: base, c: composite, d: domain, e: enum, m: multirange, p: pseudo, r: range. */
  readonly type: string
  /** Of a domain. */
  readonly base: string
  readonly baseModifier: number
  readonly baseDeclaration: string
  /** The function that makes the text of a value, quoted. */
  readonly output: string
  /** The function that reads the binary form. */
  readonly receive: string
  /** The extension it came with. */
  readonly extension: string | null
  /** Made by functions, those of an extension or of a user: its full name, as PostgreSQL writes it. */
  readonly code: string | null
  /** The oids of the types it is made of. */
  readonly parts: readonly string[]
}

/** PostgreSQL 12 and 13 have no multiranges, nor the column. */
const TYPES = `
  with multirange as materialized (
    select r.rngtypid as range, (to_jsonb(r) ->> 'rngmultitypid')::oid as type from pg_range r
  )
  select t.oid::text as oid, n.nspname as schema, t.typname as name, t.typtype as type, t.typbasetype::text as base,
    t.typtypmod as "baseModifier", format_type(t.typbasetype, t.typtypmod) as "baseDeclaration",
    quote_ident(pn.nspname) || '.' || quote_ident(p.proname) as output, t.typreceive::oid::regproc::text as receive,
    extension.name as extension,
    case when extension.name is not null and ${IS_NO_ARRAY} or t.oid >= 16384 and ${IS_SHELL_FIRST} then t.oid::regtype::text end as code,
    array_remove(array[t.typbasetype, t.typelem, (select r.rngsubtype from pg_range r where r.rngtypid = t.oid),
        (select multirange.range from multirange where multirange.type = t.oid)]
      || array(select a.atttypid from pg_attribute a where a.attrelid = t.typrelid and t.typrelid <> 0 and a.attnum > 0
        and not a.attisdropped), 0::oid)::text[] as parts
  from pg_type t
  join pg_namespace n on n.oid = t.typnamespace
  join pg_proc p on p.oid = t.typoutput
  join pg_namespace pn on pn.oid = p.pronamespace
  left join lateral (select e.extname as name from pg_depend d join pg_extension e on e.oid = d.refobjid
    where d.classid = 'pg_type'::regclass and d.objid = t.oid and d.deptype = 'e') as extension on true`

/** The types of the database, by oid. */
export class Types {
  private readonly rows: ReadonlyMap<string, TypeRow>

  constructor(rows: readonly TypeRow[]) {
    this.rows = new Map(rows.map((row) => [row.oid, row]))
  }

  get(oid: string): TypeRow | undefined {
    return this.rows.get(oid)
  }

  /** The type, or what a domain, or one over another, stands for in the end. */
  base(oid: string): TypeRow | undefined {
    const row = this.rows.get(oid)
    return row?.type === 'd' ? this.base(row.base) : row
  }

  /** Whether its values are, or hold, names of objects of the database: these must be there before the values come. */
  holdsNames(oid: string): boolean {
    const row = this.rows.get(oid)
    if (row === undefined) return false
    if (row.schema === 'pg_catalog' && row.type === 'b' && row.name.startsWith('reg')) return true
    return row.parts.some((part) => this.holdsNames(part))
  }

  /** What a type and its modifier mean; a domain, or one over another, means what it is made of. */
  meaning(oid: string, modifier: number): TypeMeaning {
    const row = this.rows.get(oid)
    if (row?.type === 'd') return this.meaning(row.base, row.baseModifier)
    if (row === undefined) return { logical: text(null) }
    return row.schema === 'pg_catalog' ? builtInMeaning(row, modifier) : outputMeaning(row)
  }

  /** The types made by functions that a target must have for this one, itself and its parts: `type x`, `type x of extension y`. */
  needs(oid: string): readonly string[] {
    const found = new Set<string>()
    const visited = new Set<string>()
    const visit = (one: string): void => {
      const row = this.rows.get(one)
      if (row === undefined || visited.has(one)) return
      visited.add(one)
      if (row.code === null) row.parts.forEach(visit)
      else found.add(`type ${row.code}${row.extension === null ? '' : ` of extension ${row.extension}`}`)
    }
    visit(oid)
    return [...found].sort()
  }
}

export interface TypeMeaning {
  readonly logical: LogicalType
  readonly facts?: NativeFacts
}

export async function readTypes(client: ClientBase): Promise<Types> {
  return new Types((await client.query<TypeRow>(TYPES)).rows)
}

const FIXED_TYPES: Readonly<Record<string, LogicalType>> = {
  bool: { kind: 'boolean' },
  int2: { kind: 'integer', bits: 16, signed: true },
  int4: { kind: 'integer', bits: 32, signed: true },
  int8: { kind: 'integer', bits: 64, signed: true },
  float4: { kind: 'float', bits: 32 },
  float8: { kind: 'float', bits: 64 },
  date: { kind: 'date' },
  uuid: { kind: 'uuid' },
  json: { kind: 'json' },
  bytea: { kind: 'binary', length: null, fixed: false },
  text: text(null),
  name: text(63, 'bytes'),
}

/** The modifier of a type with a length counts four bytes of a header too (VARHDRSZ). */
const HEADER = 4

const MOST_DIGITS = 6

/** What every engine's decimal can hold at least. */
const LONGEST_DECIMAL = 38

/** What writes a function or an operator with what it takes. */
const UNAMBIGUOUS = { regproc: 'pg_catalog.regprocedureout', regoper: 'pg_catalog.regoperatorout' } as const

function builtInMeaning(row: TypeRow, modifier: number): TypeMeaning {
  switch (row.name) {
    case 'numeric':
      return numericMeaning(modifier)
    case 'varchar':
      return { logical: text(lengthOf(modifier)) }
    case 'bpchar':
      return { logical: { ...text(lengthOf(modifier)), fixed: modifier >= 0 } }
    case 'time':
    case 'timestamp':
      return { logical: { kind: row.name, precision: modifier < 0 ? MOST_DIGITS : modifier } }
    case 'timestamptz':
      return { logical: { kind: 'instant', precision: modifier < 0 ? MOST_DIGITS : modifier } }
    case 'jsonb':
      return { logical: { kind: 'json' }, facts: wire('jsonb') }
    case 'xml':
      return { logical: { kind: 'xml' } }
    // The name alone may be that of several.
    case 'regproc':
    case 'regoper':
      return { logical: text(null), facts: { ...wire('text'), output: UNAMBIGUOUS[row.name] } }
    default: {
      const logical = FIXED_TYPES[row.name]
      return logical === undefined ? outputMeaning(row) : { logical }
    }
  }
}

/** A number without bounds, or with more digits than others have, is its text: it may be NaN, Infinity or very long. */
function numericMeaning(modifier: number): TypeMeaning {
  const packed = modifier - HEADER
  const precision = packed >> 16
  // From 15 on the scale has 11 bits and a sign (numeric.c, "numeric_typmod_scale").
  const scale = ((packed & 0x7ff) ^ 1024) - 1024
  const plain = modifier >= 0 && precision <= LONGEST_DECIMAL && scale >= 0 && scale <= precision
  return plain
    ? { logical: { kind: 'decimal', precision, scale } }
    : { logical: text(null), facts: { ...wire('numeric'), output: 'pg_catalog.numeric_out' } }
}

/** The binary form of an enum is its label; that of citext, and of some of PostgreSQL's own types, is the text. */
function outputMeaning({ type, receive, output }: TypeRow): TypeMeaning {
  if (type === 'e' || /(^|\.)(citextrecv|textrecv)$/.test(receive)) return { logical: text(null) }
  return { logical: text(null), facts: { ...wire('text'), output } }
}

function wire(form: WireForm): { readonly wire: WireForm } {
  return { wire: form }
}

function lengthOf(modifier: number): number | null {
  return modifier < 0 ? null : modifier - HEADER
}

function text(length: number | null, unit: TextType['unit'] = 'characters'): TextType {
  return { kind: 'text', length, unit, fixed: false }
}
