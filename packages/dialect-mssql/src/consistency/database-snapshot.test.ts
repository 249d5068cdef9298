import type { Answer } from '@albackup/testkit/tds-replay'
import { delayed, done } from '@albackup/testkit/tds-replay'
import { describe, expect, it } from 'vitest'
import { mssql } from '../dialect.ts'
import { contextFor, failure, type Line, type ScriptedServer, startScriptedServer } from '../testing/scripted-server.ts'
import { createStatement, snapshotName } from './database-snapshot.ts'

const FILES: Line = {
  when: /sys\.database_files/,
  answer: [
    { name: 'Shop', path: 'D:\\data\\Shop.mdf' },
    { name: "it's 2", path: "/var/opt/mssql/data/it's 2.ndf" },
  ],
}

const creating = (answer: () => Answer): Line => ({ when: /^create database/, answer })

function open({ connection }: ScriptedServer, signal?: AbortSignal, warnings: string[] = []) {
  return mssql.openSource!(connection, contextFor(signal, warnings), { consistency: 'database-snapshot' })
}

const statements = ({ sent }: ScriptedServer, what: RegExp) => sent.filter((line) => what.test(line))

it('a database snapshot is named for what it is, and has a sparse file beside each file of rows', () => {
  const name = snapshotName('Shop', new Date('2026-04-27T15:33:09.123Z'))
  expect(name).toMatch(/^Shop_albackup_20260427_153309_[0-9a-f]{4}$/)
  expect(snapshotName('x'.repeat(128)).length).toBeLessThanOrEqual(128)
  const files = [
    { name: 'Shop', path: 'D:\\data\\Shop.mdf' },
    { name: 'more', path: "/data/it's.ndf" },
  ]
  expect(createStatement('Shop', 'S', files)).toBe(
    "create database [S] on (name = [Shop], filename = N'D:\\data\\Shop.mdf.S.ss'), (name = [more], filename = N'/data/it''s.ndf.S.ss') as snapshot of [Shop]",
  )
})

describe('a source at the level database-snapshot', () => {
  it('makes it, reads it over each connection, and drops it at the end', async () => {
    await using server = await startScriptedServer([FILES])
    const source = await open(server)
    const readers: string[] = []
    const shared = await source.share!([{ schema: 'dbo', name: 'T' }], async (ticket) => {
      await using _ = await mssql.openReader!(server.connection, ticket, contextFor())
      readers.push(server.server.connections.at(-1)!.database)
    })
    const made = statements(server, /create database/)[0]!
    const name = /create database \[(.*?)\]/.exec(made)![1]!
    expect({ shared, readers, level: source.consistency.level }).toEqual({
      shared: true,
      readers: [name],
      level: 'database-snapshot',
    })
    expect(source.consistency.verdict).toContain(name)
    expect(statements(server, /drop database/)).toEqual([])
    await source[Symbol.asyncDispose]()
    expect(statements(server, /drop database/).map((line) => line.slice(3))).toEqual([
      `drop database if exists [${name}]`,
    ])
    expect(statements(server, /set transaction isolation/)).toEqual([])
  })

  it('drops it also when the job was stopped', async () => {
    const job = new AbortController()
    await using server = await startScriptedServer([FILES])
    const source = await open(server, job.signal)
    job.abort()
    await source[Symbol.asyncDispose]()
    expect(statements(server, /drop database/)).toHaveLength(1)
  })

  it('drops it when the job is stopped while it is made', async () => {
    const job = new AbortController()
    await using server = await startScriptedServer([FILES, creating(() => delayed(60_000, done()))])
    setTimeout(() => job.abort(), 300)
    await expect(open(server, job.signal)).rejects.toMatchObject({ code: 'ALB_INTERRUPTED' })
    expect(statements(server, /drop database/)).toHaveLength(1)
  })

  it('drops it when it cannot be read', async () => {
    const facts: Line = { when: /@@version/, answer: () => failure({ number: 916, message: 'No user.' }) }
    await using server = await startScriptedServer([FILES, facts])
    await expect(open(server)).rejects.toMatchObject({ code: 'ALB_SOURCE', message: expect.stringContaining('916') })
    expect(statements(server, /drop database/)).toHaveLength(1)
  })

  it('waits for its own connections to be gone', async () => {
    let attempt = 0
    const inUse: Line = {
      when: /^drop database/,
      answer: () => (attempt++ < 2 ? failure({ number: 3702, message: 'Cannot drop: in use.' }) : done()),
    }
    const warnings: string[] = []
    await using server = await startScriptedServer([FILES, inUse])
    const source = await open(server, undefined, warnings)
    await source[Symbol.asyncDispose]()
    expect({ drops: statements(server, /drop database/).length, warnings }).toEqual({ drops: 3, warnings: [] })
  })

  it('warns with the statement to be run when it cannot drop it', async () => {
    const refused: Line = { when: /^drop database/, answer: () => failure({ number: 5011, message: 'No permission.' }) }
    const warnings: string[] = []
    await using server = await startScriptedServer([FILES, refused])
    const source = await open(server, undefined, warnings)
    await source[Symbol.asyncDispose]()
    expect(warnings).toEqual([
      expect.stringMatching(
        /^database snapshot \[Shop_albackup_\w+\] is still there \(No permission \(error 5011\)\); remove it with: drop database if exists \[Shop_albackup_\w+\]$/,
      ),
    ])
  })
})

describe('there is no database snapshot, and why is said,', () => {
  it.each([
    [
      'when the login may not make one',
      [FILES, creating(() => failure({ number: 262, message: 'CREATE DATABASE permission denied.' }))],
      'CREATE DATABASE permission denied (error 262)',
      /grant create any database to \[replay\]/,
    ],
    [
      'when the edition has none',
      [FILES, creating(() => failure({ number: 1844, message: 'Not supported on Express Edition.' }))],
      'Not supported on Express Edition (error 1844)',
      /edition/,
    ],
    [
      'on Azure',
      [FILES, creating(() => failure({ number: 40510, message: "Statement 'CREATE DATABASE' is not supported." }))],
      "Statement 'CREATE DATABASE' is not supported (error 40510)",
      /Azure SQL has none/,
    ],
    [
      'on a server that names no files',
      [],
      'the server does not tell the files of the database',
      /--consistency snapshot/,
    ],
  ] as const)('%s', async (_, lines, reason, hint) => {
    await using server = await startScriptedServer(lines)
    await expect(open(server)).rejects.toMatchObject({
      code: 'ALB_SOURCE',
      message: `cannot make a database snapshot of [Shop]: ${reason}`,
      hint: expect.stringMatching(hint),
    })
  })
})
