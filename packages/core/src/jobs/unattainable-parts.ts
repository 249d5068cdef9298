import type { RestorePlan, RIViolation, RuleViolation, TableRule, Target } from '../dialect/dialect.ts'
import { neutralName, unquoted } from '../model/neutral-form.ts'
import type { ForeignKey, Index, Key, QualifiedName, Table } from '../model/schema-model.ts'
import { fullName } from '../model/scope.ts'
import { type ChangedPart, changeSentence } from './changed-part.ts'
import type { MissingPart } from './planned-parts.ts'

/** A table of the plan, as it is made and as it is in the target. */
export interface MadeAndThere {
  /** Its name in the source. */
  readonly table: string
  readonly made: Table
  readonly there: Table
}

export interface Lacks {
  readonly missing: readonly MissingPart[]
  readonly changed: readonly ChangedPart[]
}

/** What is left of the lacks, and a sentence for each that no restore of these rows could do without. */
export interface JudgedLacks extends Lacks {
  readonly unattainable: readonly string[]
}

interface AskedRule {
  readonly part: MissingPart | ChangedPart
  readonly rule: TableRule
}

/**
 * Keys, checks and foreign keys that are not there, or not trusted, because rows in the target break them; what refers to such a key;
 * and what the plan makes otherwise where the server refuses it. Anything else that differs is left.
 */
export async function withoutUnattainable(
  lacks: Lacks,
  tables: readonly MadeAndThere[],
  plan: RestorePlan,
  target: Pick<Target, 'checkRI' | 'checkRules'>,
): Promise<JudgedLacks> {
  const { missing } = lacks
  const changed = lacks.changed.filter((change) => !isFallback(change, 'clustering', plan))
  const reasons = new Map<MissingPart | ChangedPart, string>()
  for (const change of changed) {
    if (change.found === null && isFallback(change, 'included columns', plan)) reasons.set(change, NOT_INCLUDED)
  }
  for (const [part, violation] of await brokenRules(askedRules({ missing, changed }, tables), target)) {
    reasons.set(part, brokenWords(part, violation))
  }
  const lost = missing.filter((part) => reasons.has(part))
  for (const part of missing) {
    const parent = part.kind === 'foreign key' ? lostParent(part, lost, tables) : undefined
    if (parent !== undefined) reasons.set(part, `it refers to ${parent}`)
  }
  for (const [part, violation] of await brokenReferences(changed, plan, target)) {
    reasons.set(part, `${countOfRows(violation)} no parent${examples(violation)}`)
  }
  return {
    missing: missing.filter((part) => !reasons.has(part)),
    changed: changed.filter((part) => !reasons.has(part)),
    unattainable: [...reasons].map(([part, reason]) => `${sentenceOf(part)}: ${reason}`),
  }
}

function sentenceOf(part: MissingPart | ChangedPart): string {
  return 'aspect' in part ? changeSentence(part) : part.sentence
}

const NOT_INCLUDED = 'so it is made where the server refuses'

/** Where the server refuses it, a key is made nonclustered, which only its storage shows, and an index includes no columns. */
function isFallback(change: ChangedPart, aspect: string, { statements }: RestorePlan): boolean {
  const object = `${change.table}.${change.name}`
  return (
    change.aspect === aspect &&
    statements.keys.some(
      (one) => one.fallback !== undefined && one.kind === change.kind && isSameName(one.object, object),
    )
  )
}

function askedRules({ missing, changed }: Lacks, tables: readonly MadeAndThere[]): readonly AskedRule[] {
  const of = ({ table }: MissingPart | ChangedPart) => tables.find((one) => one.table === table)
  const keys = missing.flatMap((part): readonly AskedRule[] => {
    const found = of(part)
    const key = found && uniqueParts(found.made).find((one) => one.kind === part.kind && one.key.name === part.name)
    return key === undefined ? [] : [{ part, rule: { kind: 'unique', table: found!.there, key: key.key } }]
  })
  const checks = changed.filter(isUntrusted('check')).flatMap((part): readonly AskedRule[] => {
    const there = of(part)?.there
    const check = there?.checks.find(({ name }) => isSameName(name, part.name))
    return check === undefined ? [] : [{ part, rule: { kind: 'check', table: there!, check } }]
  })
  return [...keys, ...checks]
}

function isUntrusted(wanted: string): (change: ChangedPart) => boolean {
  return ({ kind, aspect, planned }) => kind === wanted && aspect === 'trust' && planned === 'trusted'
}

/** All that lets in no key twice, in the words of missing parts. */
function uniqueParts({ primaryKey, uniqueKeys, indexes }: Table): readonly { kind: string; key: Key | Index }[] {
  return [
    ...(primaryKey === undefined ? [] : [{ kind: 'primary key', key: primaryKey }]),
    ...uniqueKeys.map((key) => ({ kind: 'unique key', key })),
    ...indexes.filter(({ unique }) => unique).map((key) => ({ kind: 'index', key })),
  ]
}

async function brokenRules(
  asked: readonly AskedRule[],
  target: Pick<Target, 'checkRules'>,
): Promise<readonly (readonly [AskedRule['part'], RuleViolation])[]> {
  if (asked.length === 0 || target.checkRules === undefined) return []
  const violations = await target.checkRules(asked.map(({ rule }) => rule))
  return asked.flatMap(({ part }, i) => {
    const violation = violations[i] ?? null
    return violation === null ? [] : [[part, violation] as const]
  })
}

/** The key that a foreign key refers to, when each of those over its columns is lost. */
function lostParent(
  { table, name }: MissingPart,
  lost: readonly MissingPart[],
  tables: readonly MadeAndThere[],
): string | undefined {
  const key = tables.find((one) => one.table === table)?.made.foreignKeys.find((one) => one.name === name)
  const parent = key && tables.find(({ made }) => fullName(made) === fullName(key.references))
  if (parent === undefined) return undefined
  const keys = uniqueParts(parent.made).filter((one) => isOver(one.key, key!.references.columns))
  const isLost = (one: (typeof keys)[number]) =>
    lost.some((part) => part.table === parent.table && part.kind === one.kind && part.name === one.key.name)
  return keys.every(isLost) ? keys[0]?.key.name : undefined
}

/** The order of columns does not matter. */
function isOver({ columns }: Key | Index, wanted: readonly string[]): boolean {
  return columns.length === wanted.length && columns.every(({ name }) => wanted.includes(name))
}

async function brokenReferences(
  changes: readonly ChangedPart[],
  plan: RestorePlan,
  target: Pick<Target, 'checkRI'>,
): Promise<readonly (readonly [ChangedPart, RIViolation])[]> {
  const untrusted = changes.filter(isUntrusted('foreign key'))
  if (untrusted.length === 0) return []
  const isAsked = (source: QualifiedName) => untrusted.some(({ table }) => table === fullName(source))
  const asked = plan.tables.map((table) =>
    isAsked(table.source) ? table : { ...table, source: { ...table.source, foreignKeys: [] } },
  )
  const broken: { readonly table: string; readonly key: ForeignKey; readonly violation: RIViolation }[] = []
  for await (const violation of target.checkRI({ ...plan, tables: asked })) {
    const table = unquoted(violation.table)
    const { source } = asked.find((one) => [fullName(one.source), fullName(one)].includes(table)) ?? {}
    const key = source?.foreignKeys.find(({ name }) => name === unquoted(violation.foreignKey))
    if (key !== undefined) broken.push({ table: fullName(source!), key, violation })
  }
  return untrusted.flatMap((change) => {
    // What the source's server named has another name here.
    const isIt = ({ table, key }: (typeof broken)[number]) =>
      table === change.table && (key.systemNamed || isSameName(key.name, change.name))
    const found = broken.find(isIt)
    return found === undefined ? [] : [[change, found.violation] as const]
  })
}

function brokenWords({ kind }: MissingPart | ChangedPart, violation: RuleViolation): string {
  if (kind !== 'check') return `${countOfRows(violation)} the key of another${examples(violation)}`
  const rows = violation.rows === 1 ? '1 row breaks it' : `${violation.rows} rows break it`
  return `${rows}${examples(violation)}`
}

/** `2 rows have`. */
function countOfRows({ rows }: Pick<RuleViolation, 'rows'>): string {
  return rows === 1 ? '1 row has' : `${rows} rows have`
}

const SHOWN = 3

function examples({ samples }: Pick<RuleViolation, 'samples'>): string {
  return samples.length === 0 ? '' : `, for example ${samples.slice(0, SHOWN).join('; ')}`
}

function isSameName(one: string, other: string): boolean {
  return neutralName(unquoted(one)) === neutralName(unquoted(other))
}
