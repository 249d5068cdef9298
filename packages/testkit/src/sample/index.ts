/** Sample models and rows: every logical type with its awkward values, references good and broken, and rows in numbers. */
export * from './many-rows.ts'
export * from './sample-database.ts'
export * from './tables.ts'
export * from './type-samples.ts'
export * from './wide-table-script.ts'
