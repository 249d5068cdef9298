/** A dialect that keeps its databases in memory: source and target, with faults on demand. */
export * from './memory-dialect.ts'
export * from './memory-server.ts'
