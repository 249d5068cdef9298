/** The suite that every dialect must pass. It needs vitest, so it has a door of its own: @albackup/testkit/conformance. */
export type * from './conformance-options.ts'
export * from './describe-dialect.ts'
export * from './model-defects.ts'
