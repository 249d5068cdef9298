import { UsageError } from '../errors.ts'
import { type NameSpace, spellName } from './name-space.ts'
import type { NamedSettings } from './named-settings.ts'

type NamePolicy = Pick<NamedSettings, 'names' | 'rename'>

/** What a policy wants things to be called. A dialect's names of a target begin with it. `object`: a full name in the source. */
export class WantedNames {
  private readonly wishes: NamePolicy
  private readonly hint: string

  /** `hint`: which names the target takes, as a sentence. */
  constructor({ names, rename }: NamePolicy, hint: string) {
    this.wishes = { names, rename }
    this.hint = hint
  }

  /** A name that is not renamed by itself. */
  spell(name: string): string {
    return spellName(name, this.wishes.names)
  }

  /** The name of a table, a column or a view. */
  wanted(object: string, name: string): string {
    return this.isRenamed(object) ? this.wishes.rename[object]! : this.spell(name)
  }

  /** What is renamed by itself has the first choice. */
  protected renamedFirst<T>(all: readonly T[], objectOf: (one: T) => string): readonly T[] {
    const isRenamed = (one: T) => this.isRenamed(objectOf(one))
    return [...all.filter(isRenamed), ...all.filter((one) => !isRenamed(one))]
  }

  /** The name it gets. Throws a UsageError where that is not the one that the policy renames it to. */
  protected claimWanted(space: NameSpace, object: string, name: string, identity?: string): string {
    const wanted = this.wanted(object, name)
    const claimed = space.claim(wanted, identity)
    if (claimed === wanted || !this.isRenamed(object)) return claimed
    throw new UsageError(`cannot use setting "mapping.rename.${object}": "${wanted}" is taken, or no name for it`, {
      hint: this.hint,
    })
  }

  private isRenamed(object: string): boolean {
    return Object.hasOwn(this.wishes.rename, object)
  }
}
