import type { NativeObject, SchemaPart } from '@albackup/core'
import { fullName } from '@albackup/core'
import { reportForeignObject } from './migration/foreign-objects.ts'
import { isOwn, type Planning } from './planning.ts'

const PART_OF_STAGE: Readonly<Record<NativeObject['stage'], SchemaPart>> = {
  'before tables': 'tables',
  'with keys': 'keys',
  'after modules': 'objects',
}

/** The objects of one stage, as the statements that make them again; those of a table that is not restored are left out. */
export function planNativeObjects(stage: NativeObject['stage'], planning: Planning): void {
  const { model, names, draft } = planning
  const tables = new Set(model.tables.map(fullName))
  for (const object of (model.objects ?? []).filter((one) => one.stage === stage)) {
    if (object.table !== undefined && !tables.has(fullName(object.table))) continue
    if (!isOwn(planning)) {
      reportForeignObject(object, planning)
      continue
    }
    for (const sql of object.statements) {
      draft.add(PART_OF_STAGE[stage], { kind: object.kind, object: object.name, sql: names.text(sql) })
    }
  }
}
