import { ConnectionError } from '@albackup/core'
import { describe, expect, it } from 'vitest'
import type { ConformanceOptions } from './conformance-options.ts'
import { describeSource } from './describe-source.ts'
import { describeTarget } from './describe-target.ts'
import { contextFor, failureOf } from './expectations.ts'

/**
 * The definition of a dialect, as tests: whoever passes can be used by albackup. Call it at the top of a vitest file:
 *
 *     describeDialect('memory', { dialect, source: async () => ({ connection }), target: async () => ({ connection }) })
 */
export function describeDialect(name: string, options: ConformanceOptions): void {
  const { dialect, source, target, unreachable } = options
  describe(`dialect ${name}`, () => {
    it('has a name for backups and a title for people', () => {
      expect(dialect.name).toMatch(/^[a-z][a-z0-9-]*$/)
      expect(dialect.title).not.toBe('')
      expect(dialect.contract).toBe(1)
    })

    it('can do what it is tested for', () => {
      expect(dialect.openSource === undefined).toBe(source === undefined)
      expect(dialect.openTarget === undefined).toBe(target === undefined)
    })

    it.runIf(unreachable)('says as a ConnectionError that nobody answers', async () => {
      const connection = dialect.parseConnection(unreachable!)
      const context = contextFor()
      const opened = dialect.openSource?.(connection, context) ?? dialect.openTarget?.(connection, context)
      const failure = await failureOf(opened)
      expect(failure).toBeInstanceOf(ConnectionError)
      expect(failure.message).toMatch(/^cannot .+: .+/)
    })

    if (source) describeSource(dialect, source)
    if (target) describeTarget(dialect, target)
  })
}
