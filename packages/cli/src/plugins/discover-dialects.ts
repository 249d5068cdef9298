import { type Dialect, UsageError } from '@albackup/core'
import type { Config } from '@oclif/core'
import { closest } from '../closest.ts'
import { isDialect, whyNotDialect } from './check-dialect.ts'
import { findUnloadedPlugins } from './find-unloaded-plugins.ts'
import type { PluginProblem } from './plugin-problem.ts'

/** The hook a plugin declares in its package.json under `oclif.hooks`; it gives one Dialect. */
const HOOK = 'dialects'

export interface PluggedDialect {
  readonly dialect: Dialect
  /** The package it comes from. */
  readonly plugin: string
  readonly version: string
}

export interface DiscoveredDialects {
  /** By name. */
  readonly plugged: readonly PluggedDialect[]
  readonly problems: readonly PluginProblem[]
}

/** Asks every plugin for its dialect. Throws a UsageError when two plugins give the same name. */
export async function discoverDialects(config: Config): Promise<DiscoveredDialects> {
  // captureErrors: a plugin that fails must not hide the others, and none may fail in silence.
  const { successes, failures } = await config.runHook(HOOK, {}, undefined, true)
  const plugged = successes.flatMap(({ plugin, result }) =>
    isDialect(result) ? [{ dialect: result, plugin: plugin.name, version: plugin.version }] : [],
  )
  const answered = new Set([...successes, ...failures].map(({ plugin }) => plugin.name))
  const silent = config.getPluginsList().filter(({ name, hooks }) => hooks[HOOK] !== undefined && !answered.has(name))
  refuseSameNames(plugged)
  const problems = [
    ...(await findUnloadedPlugins(config)),
    ...failures.map(({ plugin, error }) => ({ plugin: plugin.name, reason: firstLine(error.message) })),
    ...silent.map(({ name }) => ({ plugin: name, reason: `its hook "${HOOK}" has no default export` })),
    ...successes.flatMap(({ plugin, result }) => {
      const reason = whyNotDialect(result)
      return reason === undefined ? [] : [{ plugin: plugin.name, reason }]
    }),
  ]
  return {
    plugged: plugged.toSorted((a, b) => compare(a.dialect.name, b.dialect.name)),
    problems: problems.toSorted((a, b) => compare(a.plugin, b.plugin)),
  }
}

/** By name or alias. */
export function findDialect({ plugged }: DiscoveredDialects, name: string): PluggedDialect | undefined {
  return plugged.find(({ dialect }) => namesOf(dialect).includes(name))
}

/** Throws a UsageError that says which plugins could not be asked. */
export function getDialect(discovered: DiscoveredDialects, name: string): PluggedDialect {
  const found = findDialect(discovered, name)
  if (found !== undefined) return found
  throw new UsageError(`cannot use dialect ${name}: no plugin gives it`, { hint: hintFor(name, [], discovered) })
}

/** For a name that is neither a dialect nor one of `others`: what there is, and how there can be more. */
export function hintFor(name: string, others: readonly string[], { plugged, problems }: DiscoveredDialects): string {
  const names = plugged.map(({ dialect }) => dialect.name)
  const meant = closest(name, [...others, ...names])
  return [
    ...(meant === undefined ? [] : [`Did you mean ${meant}?`]),
    `Dialects: ${names.join(', ') || 'none'}; "albackup plugins install PACKAGE" adds one.`,
    ...problems.map(({ plugin, reason }) => `Plugin ${plugin} cannot be used: ${reason}.`),
  ].join(' ')
}

function refuseSameNames(plugged: readonly PluggedDialect[]): void {
  const owners = new Map<string, string>()
  for (const { dialect, plugin } of plugged) {
    for (const name of namesOf(dialect)) {
      const owner = owners.get(name)
      if (owner !== undefined) {
        throw new UsageError(`cannot use dialect ${name}: both ${owner} and ${plugin} give it`, {
          hint: `Remove one of them: albackup plugins uninstall ${plugin}`,
        })
      }
      owners.set(name, plugin)
    }
  }
}

function namesOf(dialect: Dialect): readonly string[] {
  return [dialect.name, ...(dialect.aliases ?? [])]
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0]!
}
