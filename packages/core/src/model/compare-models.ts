import { type Difference, orderDiffers, partDiffers, partMissing } from './difference.ts'
import type { NormalOptions, NormalPart, Plane } from './normal-form.ts'
import { normalise } from './normalise.ts'
import { pairParts } from './pair-parts.ts'
import { pairSchemas } from './pair-schemas.ts'
import type { SchemaModel } from './schema-model.ts'

export interface ModelComparison {
  /** 'neutral' when the models are of two dialects. */
  readonly plane: Plane
  /** None: the models say the same. By object, in the order of A, then what only B has. */
  readonly differences: readonly Difference[]
  /** What was not looked at: a sentence each. */
  readonly notCompared: readonly string[]
}

/** What is different in two models; empty exactly when their normal forms are equal. */
export function compareModels(a: SchemaModel, b: SchemaModel, options: Omit<NormalOptions, 'plane'>): ModelComparison {
  const notCompared = [...leftBehindSentences(a, 'A'), ...leftBehindSentences(b, 'B')]
  if (a.dialect === b.dialect) {
    const differences = compareForms(a, b, { plane: 'native', ...options })
    return { plane: 'native', differences, notCompared: [...onRequestSentence(a, b, options), ...notCompared] }
  }
  const paired = pairSchemas(a, b)
  return {
    plane: 'neutral',
    differences: compareForms(a, paired.b, { plane: 'neutral', ...options }),
    notCompared: [`A is of ${a.dialect} and B of ${b.dialect}: ${NEUTRAL}`, ...paired.sentences, ...notCompared],
  }
}

const NEUTRAL =
  'compared are tables, columns with the meaning of their types, primary, unique and foreign keys, names without case, blanks and underscores; not collations, defaults, checks, indexes, code and the words of either engine'

function compareForms(a: SchemaModel, b: SchemaModel, options: NormalOptions): readonly Difference[] {
  return comparePart(normalise(a, options), normalise(b, options), null)
}

/** `top`: the object that the part belongs to, null for the database itself. */
function comparePart(a: NormalPart, b: NormalPart, top: NormalPart | null): readonly Difference[] {
  const aspects = new Set([...Object.keys(a.aspects), ...Object.keys(b.aspects)])
  const own = [...aspects].flatMap((aspect) => {
    const [before, after] = [a.aspects[aspect] ?? null, b.aspects[aspect] ?? null]
    return before === after ? [] : [partDiffers(top, a, aspect, before, after)]
  })
  return [...own, ...compareParts(a, b, top)]
}

function compareParts(a: NormalPart, b: NormalPart, top: NormalPart | null): readonly Difference[] {
  // Parts of the database are objects; their parts belong to them.
  const ownerOf = (part: NormalPart) => (a.kind === 'database' ? part : (top ?? a))
  const twins = pairParts(a.parts, b.parts)
  const taken = new Set(twins.values())
  const differences = a.parts.flatMap((part) => {
    const twin = twins.get(part)
    return twin === undefined ? [partMissing(ownerOf(part), part, 'A')] : comparePart(part, twin, ownerOf(part))
  })
  const onlyB = b.parts.filter((part) => !taken.has(part)).map((part) => partMissing(ownerOf(part), part, 'B'))
  return byKind([...differences, ...compareOrder(a, b, twins), ...onlyB], a.kind === 'database')
}

/** The order of the columns that both have. */
function compareOrder(a: NormalPart, b: NormalPart, twins: ReadonlyMap<NormalPart, NormalPart>): readonly Difference[] {
  const place = new Map(b.parts.map((part, index) => [part, index]))
  const columns = [...twins].filter(([part]) => part.kind === 'column')
  const inOrderOfB = [...columns].sort(([, one], [, other]) => place.get(one)! - place.get(other)!)
  if (columns.every((pair, index) => pair === inOrderOfB[index])) return []
  const names = (pairs: typeof columns) => pairs.map(([{ name }]) => name)
  return [orderDiffers(a, names(columns), names(inOrderOfB))]
}

/** What only B has goes to the objects of its kind, not to the end. */
function byKind(differences: readonly Difference[], ofDatabase: boolean): readonly Difference[] {
  if (!ofDatabase) return differences
  const kinds = [...new Set(differences.map(({ object }) => object.kind))].sort((one, other) => rank(one) - rank(other))
  return kinds.flatMap((kind) => differences.filter(({ object }) => object.kind === kind))
}

const KINDS = ['database', 'schema', 'type', 'sequence', 'table', 'view', 'function', 'procedure', 'trigger']

function rank(kind: string): number {
  const known = KINDS.indexOf(kind)
  return known < 0 ? KINDS.length : known
}

function onRequestSentence(a: SchemaModel, b: SchemaModel, options: Omit<NormalOptions, 'plane'>): readonly string[] {
  const count = [a, b].flatMap(({ objects = [] }) => objects).filter(({ onRequest }) => onRequest).length
  return count === 0 || options.onRequest ? [] : ['users, roles and permissions, which are restored on request only']
}

function leftBehindSentences({ leftBehind }: SchemaModel, side: string): readonly string[] {
  return leftBehind.map(({ kind, name, reason }) => `${kind} ${name} of ${side}: ${reason}`)
}
