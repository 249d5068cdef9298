/**
 * @albackup/core: what albackup is, with no database and no terminal in it.
 * The schema model, rows as Avro bytes, the table files, the backup folder, the seam to the dialects, and the jobs
 * (dump, restore, verify) that join them.
 */
export * from './backup/backup.ts'
export * from './backup/metadata.ts'
export * from './dialect/dialect.ts'
export * from './errors.ts'
export * from './expression/expression.ts'
export * from './jobs/dump.ts'
export * from './jobs/events.ts'
export * from './jobs/restore.ts'
export * from './jobs/verify.ts'
export * from './model/logical-type.ts'
export * from './model/schema-model.ts'
export * from './row/avro-reader.ts'
export * from './row/avro-writer.ts'
export * from './row/digest.ts'
export * from './row/row-block.ts'
export * from './table-file/codec.ts'
