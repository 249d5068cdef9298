/**
 * @albackup/testkit: what the tests of dialects, the core and the command line share.
 * A dialect that keeps its databases in memory, sample models and rows of every type, a TDS server that replays recordings,
 * and (at @albackup/testkit/conformance, because it needs vitest) the suite that every dialect must pass.
 */
export * from './memory/index.ts'
export * from './sample/index.ts'
export * from './tds-replay/index.ts'
