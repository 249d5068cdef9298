import type { Configuration } from '../configuration/configuration.ts'
import { findSource } from '../connections/find-source.ts'
import { findTarget } from '../connections/find-target.ts'
import { checkConfiguration } from './doctor-configuration.ts'
import { checkTwice, type Examination, examineSource, examineTarget, failedReport } from './doctor-databases.ts'
import { checkBackupDir, checkCodecs, checkNode, checkPlugins } from './doctor-installation.ts'
import type { Check, DoctorReport } from './doctor-report.ts'
import type { JobRoom } from './job-room.ts'

/** What the flags of `doctor` say. With neither source nor target: every connection of the configuration. */
export interface DoctorOrder {
  readonly source: string | undefined
  readonly target: string | undefined
  readonly backupDir: string
  /** The versions of Node that albackup runs on, as package.json has them. */
  readonly nodeRange: string
}

/** Looks at everything that a dump or a restore needs, and changes nothing. What it cannot reach is in the report. */
export async function examineAll(order: DoctorOrder, room: JobRoom): Promise<DoctorReport> {
  const { configuration, passwordSources } = room
  const { problems } = await room.dialects()
  const { patients, skipped } = findPatients(order, configuration)
  const examinations: Examination[] = []
  for (const patient of patients) examinations.push(await examinePatient(patient, order, room))
  const sizes = examinations.flatMap(({ bytes }) => bytes ?? [])
  return {
    albackup: room.toolVersion,
    node: process.versions.node,
    platform: `${process.platform} ${process.arch}`,
    checks: [
      checkNode(process.versions.node, order.nodeRange),
      ...(await checkCodecs(configuration?.codec)),
      ...checkPlugins(problems),
      ...checkConfiguration(configuration, passwordSources.environment),
      ...skipped,
      ...checkTwice(examinations),
      await checkBackupDir(order.backupDir, sizes.length === 0 ? null : Math.max(...sizes)),
    ],
    databases: examinations.map(({ report }) => report),
  }
}

/** A database to examine. `name`: of a target; undefined for the connection of the flag or the file's own. */
interface Patient {
  readonly role: 'source' | 'target'
  readonly name: string | undefined
}

function findPatients(
  { source, target }: DoctorOrder,
  configuration: Configuration | undefined,
): { readonly patients: readonly Patient[]; readonly skipped: readonly Check[] } {
  if (source !== undefined || target !== undefined || configuration === undefined) {
    const sources: readonly Patient[] = source === undefined ? [] : [{ role: 'source', name: undefined }]
    const targets: readonly Patient[] = target === undefined ? [] : [{ role: 'target', name: target }]
    return { patients: [...sources, ...targets], skipped: [] }
  }
  const { own, targets } = configuration
  const role = own.allow_restore === true ? 'target' : 'source'
  const names = Object.keys(targets)
  const forbidden = names.filter((name) => targets[name]?.allow_restore === false)
  return {
    patients: [
      ...(own.db_server === undefined ? [] : [{ role, name: undefined } as const]),
      ...names.filter((name) => !forbidden.includes(name)).map((name) => ({ role: 'target', name }) as const),
    ],
    skipped: forbidden.map((name) => ({
      subject: 'target',
      state: 'good',
      message: `target ${name} is not examined: it says allow_restore: false`,
    })),
  }
}

async function examinePatient({ role, name }: Patient, order: DoctorOrder, room: JobRoom): Promise<Examination> {
  const { configuration, context, passwordSources } = room
  const dialects = await room.dialects()
  try {
    if (role === 'source') {
      const scope = { include: configuration?.include ?? [], exclude: configuration?.exclude ?? [] }
      return await examineSource(
        await findSource(order.source, configuration, dialects, passwordSources),
        scope,
        context,
      )
    }
    const request = { named: name, allowRestore: false }
    return await examineTarget(await findTarget(request, configuration, dialects, passwordSources), context)
  } catch (error) {
    return {
      report: failedReport(role, name ?? configuration?.file ?? '--source', error, context),
      bytes: null,
      place: null,
    }
  }
}
