import type { Target } from '../dialect/dialect.ts'
import type { TextPair } from '../dialect/made-schema.ts'
import type { Aspects } from '../model/normal-form.ts'
import type { MissingPart } from './planned-parts.ts'

/** Something that is there and not as the plan makes it. */
export interface ChangedPart extends Pick<MissingPart, 'table' | 'kind' | 'name'> {
  readonly aspect: string
  readonly planned: string | null
  readonly found: string | null
  /** Where the same may be said in other words: what the target is asked. */
  readonly pair?: TextPair
}

/** Who it is, and what a question about its texts needs to know. */
export interface ChangedPlace extends Pick<MissingPart, 'table' | 'kind' | 'name'> {
  readonly pairs: Pick<TextPair, 'table' | 'type'>
}

const TEXTS: ReadonlySet<string> = new Set<TextPair['aspect']>([
  'type',
  'collation',
  'default',
  'computed value',
  'condition',
  'filter',
  'definition',
  'text',
])

/** Aspects of which only what the plan says is wanted: a target may say more of them. */
const SAID_BY_PLAN: ReadonlySet<string> = new Set(['alias type', 'persistence', 'cache'])

/** A schema may have been there before, with a comment of its own. */
function isUnsaid(aspect: string, kind: string): boolean {
  return SAID_BY_PLAN.has(aspect) || (aspect === 'comment' && kind === 'schema')
}

/** The aspects that the plan speaks of and the target has otherwise. */
export function changedAspects(planned: Aspects, found: Aspects, place: ChangedPlace): readonly ChangedPart[] {
  const { pairs, ...part } = place
  return Object.entries(planned).flatMap(([aspect, wanted]) => {
    const there = found[aspect] ?? null
    const unsaid = wanted === null && isUnsaid(aspect, place.kind)
    if (isSame(aspect, wanted, there) || unsaid || (aspect === 'persistence' && there === null)) return []
    const change = { ...part, aspect, planned: wanted, found: there }
    if (wanted === null || there === null || !TEXTS.has(aspect)) return [change]
    const pair = { ...pairs, aspect: aspect as TextPair['aspect'], planned: wanted, found: there }
    return [{ ...change, pair }]
  })
}

/** Aspects that are names; a server may keep them in another case than it is told, and quote them only where it must. */
const NAMES = new Set(['columns', 'included columns', 'reference', 'parent', 'alias type', 'collation'])

function isSame(aspect: string, planned: string | null, found: string | null): boolean {
  const name = (text: string | null) => text?.replaceAll(/[[\]"]/g, '').toLowerCase()
  return planned === found || (NAMES.has(aspect) && name(planned) === name(found))
}

export interface ChangeVerdicts {
  readonly changed: readonly MissingPart[]
  /** What could not be told, a sentence each. */
  readonly notCompared: readonly string[]
}

/** Asks the target which texts mean the same in other words. */
export async function judgeChanges(
  changes: readonly ChangedPart[],
  target: Pick<Target, 'compareTexts'>,
): Promise<ChangeVerdicts> {
  const hidden = changes.filter(isHidden)
  const asked = changes.filter((change) => change.pair !== undefined && !hidden.includes(change))
  const pairs = asked.map(({ pair }) => pair!)
  const verdicts = target.compareTexts === undefined ? pairs.map(() => null) : await target.compareTexts(pairs)
  const verdictOf = new Map(asked.map((change, i) => [change, verdicts[i]]))
  const isUntold = (change: ChangedPart) => hidden.includes(change) || verdictOf.get(change) === null
  const changed = changes.filter((change) => !isUntold(change) && verdictOf.get(change) !== true)
  return {
    changed: changed.map((change) => ({
      table: change.table,
      kind: change.kind,
      name: change.name,
      sentence: changeSentence(change),
    })),
    notCompared: changes
      .filter(isUntold)
      .map((change) => `${change.aspect} of ${subjectOf(change)}: ${untoldWords(change)}`),
  }
}

export function changeSentence(change: ChangedPart): string {
  return `${subjectOf(change)} ${predicateOf(change)}`
}

/** `table dbo.Orders: column Total`; what belongs to no table is called by its kind. */
export function subjectOf({ table, kind, name }: Pick<MissingPart, 'table' | 'kind' | 'name'>): string {
  if (kind === 'table') return `table ${table}`
  return table === name ? `${kind} ${name}` : `table ${table}: ${kind} ${name}`
}

/** Aspects whose value is said of the thing itself. */
const SAID = new Set(['type', 'nullability', 'persistence', 'uniqueness', 'clustering', 'state', 'trust', 'cycling'])

function predicateOf({ aspect, planned, found }: ChangedPart): string {
  const words = (value: string) => (aspect === 'comment' ? JSON.stringify(shown(value)) : shown(value))
  if (aspect === 'text') return 'has another text in the target than in the plan'
  if (found === '' && TEXTS.has(aspect)) return `has a ${aspect}, which the target does not show, and none in the plan`
  if (found === null) return `has no ${aspect} in the target and ${words(planned ?? '')} in the plan`
  if (planned === null) return `has ${aspect} ${words(found)} in the target and none in the plan`
  if (words(found) === words(planned)) return `differs in ${aspect} between the target and the plan`
  const verb = SAID.has(aspect) ? 'is' : `has ${aspect}`
  return `${verb} ${words(found)} in the target and ${words(planned)} in the plan`
}

/** It is there, and the server does not show its text: the login may not see it, or the server cannot print it. */
function isHidden({ aspect, planned, found }: ChangedPart): boolean {
  return planned !== null && TEXTS.has(aspect) && (found === '' || (aspect === 'text' && found === null))
}

function untoldWords(change: ChangedPart): string {
  const { planned, found } = change
  if (isHidden(change)) return 'the target does not show it'
  return `whether ${shown(found ?? '')} means ${shown(planned ?? '')} cannot be told`
}

const LONGEST = 120

function shown(value: string): string {
  const line = value.replaceAll(/\s+/gu, ' ')
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST).toWellFormed()}…`
}
