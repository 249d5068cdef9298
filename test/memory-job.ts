import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type Backup,
  type Context,
  type DumpRequest,
  type DumpResult,
  dump,
  type JobEvent,
  openBackup,
  type RestoreRequest,
  type RestoreResult,
  restore,
  type SchemaModel,
  type Source,
} from '@albackup/core'
import { type MemoryServer, memoryDialect } from '@albackup/testkit'
import { DUMP, RESTORE } from './job-choices.ts'

/** Jobs between the databases of a memory server and a folder of its own. */
export class MemoryJob implements AsyncDisposable {
  readonly events: JobEvent[] = []
  readonly controller = new AbortController()
  readonly backupDir: string
  private readonly server: MemoryServer

  static async create(server: MemoryServer): Promise<MemoryJob> {
    return new MemoryJob(server, await mkdtemp(join(tmpdir(), 'albackup-test-')))
  }

  private constructor(server: MemoryServer, backupDir: string) {
    this.server = server
    this.backupDir = backupDir
  }

  open(database: string): Promise<Source> {
    return memoryDialect(this.server).openSource!(this.connection(database), this.context())
  }

  async dump(database: string, changes: Partial<DumpRequest> = {}): Promise<DumpResult> {
    await using source = await this.open(database)
    return await dump({
      ...DUMP,
      source,
      dialect: 'memory',
      host: 'memory',
      database,
      backupDir: this.backupDir,
      context: this.context(),
      onEvent: (event) => this.events.push(event),
      ...changes,
    })
  }

  async restore(
    backup: Backup | string,
    database: string,
    changes: Partial<RestoreRequest> = {},
  ): Promise<RestoreResult> {
    await using target = await memoryDialect(this.server).openTarget!(this.connection(database), this.context())
    return await restore({
      ...RESTORE,
      backup: typeof backup === 'string' ? await openBackup(backup) : backup,
      target,
      context: this.context(),
      onEvent: (event) => this.events.push(event),
      ...changes,
    })
  }

  /** The tables a database has now. */
  model(database: string): SchemaModel {
    return this.server.databases.get(database)!.model
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.backupDir, { recursive: true, force: true })
  }

  private connection(database: string) {
    return memoryDialect(this.server).parseConnection({ database })
  }

  private context(): Context {
    return { signal: this.controller.signal, warn: () => {}, debug: () => {} }
  }
}
