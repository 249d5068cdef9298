import type { LeftBehind, NativeObject } from '@albackup/core'
import type { Catalog } from './catalog.ts'

/** What one family of the catalog gives to the model. */
export interface Carried {
  /** In an order in which they can be made. */
  readonly objects: readonly NativeObject[]
  readonly leftBehind: readonly LeftBehind[]
}

export type ReadFamily = (catalog: Catalog) => Promise<Carried>

export const NOTHING: Carried = { objects: [], leftBehind: [] }

/** A family of which nothing stays behind. */
export function allCarried(objects: readonly NativeObject[]): Carried {
  return { objects, leftBehind: [] }
}

/** Families one after another, as one. */
export function joined(families: readonly Carried[]): Carried {
  return {
    objects: families.flatMap(({ objects }) => objects),
    leftBehind: families.flatMap(({ leftBehind }) => leftBehind),
  }
}
