import type { Json, Reader, Source } from '@albackup/core'
import { delayed, done } from '@albackup/testkit/tds-replay'
import { describe, expect, it } from 'vitest'
import { mssql } from '../dialect.ts'
import {
  contextFor,
  failure,
  type Line,
  rowsAnswer,
  type ScriptedServer,
  startScriptedServer,
} from '../testing/scripted-server.ts'

const TABLES = [
  { schema: 'dbo', name: 'Orders' },
  { schema: 'dbo', name: 'Lines' },
]

const SNAPSHOT_ALLOWED: Line = { when: /snapshot_isolation_state/, answer: [{ state: 1, memoryOptimizedTables: 0 }] }
const HAS_LOCKS: readonly Line[] = [
  { when: /from sys\.all_columns/, answer: [{ viewId: 1, name: 'request_mode' }] },
  { when: /from sys\.all_objects/, answer: [{ id: 1, name: 'dm_tran_locks' }] },
]
const MAY_NOT_LOOK: Line = {
  when: /dm_tran_locks|dm_exec_sessions/,
  answer: () => failure({ number: 300, message: 'VIEW SERVER STATE permission was denied.' }),
}
/** The transaction that holds the locks is there. */
const HELD: Line = { when: /@@trancount as/, answer: [{ depth: 1 }] }
const LOCKS: Line = { when: /from sys\.dm_tran_locks/, answer: [{ locks: 2 }] }

function sessions(sessions: number, snapshots: number): Line {
  return { when: /from sys\.dm_exec_sessions/, answer: [{ sessions, snapshots }] }
}

/** Shares the snapshot with as many readers. */
async function share(scripted: ScriptedServer, readers: number, signal?: AbortSignal) {
  const context = contextFor(signal)
  const source: Source = await mssql.openSource!(scripted.connection, context)
  const opened: Reader[] = []
  const before = scripted.sent.length
  try {
    const shared = await source.share!(TABLES, async (ticket: Json) => {
      for (let i = 0; i < readers; i++) {
        opened.push(await mssql.openReader!(scripted.connection, structuredClone(ticket), context))
      }
      scripted.sent.push('opened')
    })
    return { shared, verdict: source.consistency.verdict, sent: scripted.sent.slice(before) }
  } finally {
    for (const session of [...opened, source]) await session[Symbol.asyncDispose]()
  }
}

/** Statements in short, without those that only ask. */
function story(sent: readonly string[]): readonly string[] {
  return sent
    .map((line) => line.replaceAll(/\s+/g, ' ').replace(/0x[0-9a-f]{32}/, '0x…'))
    .filter((line) => !/: (set nocount|set language|select )/.test(line))
}

const TAKE_LOCKS =
  'set xact_abort on begin transaction declare @one int select top (1) @one = 1 from [dbo].[Lines] with (tablock, holdlock) select top (1) @one = 1 from [dbo].[Orders] with (tablock, holdlock) set xact_abort off'
const LET_GO = 'if @@trancount > 0 rollback transaction'
const BEGIN = 'set transaction isolation level snapshot begin transaction'
const TOUCH = 'declare @one int select top (1) @one = 1 from [dbo].[Orders]'

describe('a snapshot is shared', () => {
  it('by taking the locks, beginning anew and reading, letting the readers do the same, and only then letting go', async () => {
    await using scripted = await startScriptedServer([SNAPSHOT_ALLOWED, HELD, ...HAS_LOCKS, LOCKS, sessions(3, 3)])
    const { shared, sent } = await share(scripted, 2)
    expect(shared).toBe(true)
    expect(story(sent)).toEqual([
      `2: ${TAKE_LOCKS}`,
      '1: set context_info 0x…',
      `1: ${LET_GO}`,
      `1: ${BEGIN}`,
      `1: ${TOUCH}`,
      '3: set context_info 0x…',
      `3: ${LET_GO}`,
      `3: ${BEGIN}`,
      `3: ${TOUCH}`,
      '4: set context_info 0x…',
      `4: ${LET_GO}`,
      `4: ${BEGIN}`,
      `4: ${TOUCH}`,
      'opened',
      `2: ${LET_GO}`,
    ])
  })

  it.each([
    ['is proven where the server lists locks and snapshots', [LOCKS, sessions(3, 3)], /Proven/],
    ['rests on the locks where a session has no snapshot', [LOCKS, sessions(3, 2)], /rests on the locks/],
    ['rests on the locks where the login may not look', [MAY_NOT_LOOK], /rests on the locks/],
  ] as const)('which %s', async (_, lines, verdict) => {
    await using scripted = await startScriptedServer([SNAPSHOT_ALLOWED, HELD, ...HAS_LOCKS, ...lines])
    expect(await share(scripted, 2)).toMatchObject({ shared: true, verdict: expect.stringMatching(verdict) })
  })

  it('after a writer and a deadlock were waited for', async () => {
    let attempt = 0
    const busy: Line = {
      when: /holdlock/,
      answer: () => {
        attempt++
        if (attempt === 1) return failure({ number: 1222, message: 'Lock request time out period exceeded.' })
        return attempt === 2 ? failure({ number: 1205, message: 'Deadlock.' }) : done()
      },
    }
    await using scripted = await startScriptedServer([
      busy,
      SNAPSHOT_ALLOWED,
      HELD,
      ...HAS_LOCKS,
      LOCKS,
      sessions(2, 2),
    ])
    const { shared, sent } = await share(scripted, 1)
    expect(shared).toBe(true)
    const locking = sent.filter((line) => /^2: (set xact_abort|if)/.test(line)).map((line) => line.split('\n')[0])
    expect(locking).toEqual([
      '2: set xact_abort on',
      '2: if @@trancount > 0 rollback transaction',
      '2: set xact_abort on',
      '2: if @@trancount > 0 rollback transaction',
      '2: set xact_abort on',
      '2: if @@trancount > 0 rollback transaction',
    ])
  })
})

describe('a snapshot is not shared, one connection reads everything, and the verdict says why', () => {
  it.each([
    [
      'when writers keep the locks to themselves',
      [
        HELD,
        ...HAS_LOCKS,
        {
          when: /holdlock/,
          answer: () => failure({ number: 1222, message: 'Lock request time out period exceeded.' }),
        },
      ],
      'the tables could not be locked for the moment it takes to begin together (Lock request time out period exceeded (error 1222))',
    ],
    ['on a server without locks', [], 'this server has no locks on tables'],
    [
      'on a server that takes the hints and locks nothing',
      [HELD, ...HAS_LOCKS, { ...LOCKS, answer: [{ locks: 0 }] }],
      'the server lists locks on 0 of 2 tables',
    ],
    [
      'when the server lets go of the locks',
      [{ ...HELD, answer: [{ depth: 0 }] }, ...HAS_LOCKS, MAY_NOT_LOOK],
      'the server let go of the locks',
    ],
    [
      'when the login may not read a table',
      [
        HELD,
        ...HAS_LOCKS,
        { when: /holdlock/, answer: () => failure({ number: 229, message: 'The SELECT permission was denied.' }) },
      ],
      'the tables could not be locked for the moment it takes to begin together (The SELECT permission was denied (error 229))',
    ],
  ] as const)(
    '%s',
    async (_, lines, reason) => {
      await using scripted = await startScriptedServer([SNAPSHOT_ALLOWED, ...lines])
      const { shared, verdict, sent } = await share(scripted, 2)
      expect(shared).toBe(false)
      expect(verdict).toMatch(/one point in time/)
      expect(verdict).toContain(`One connection read everything: ${reason}.`)
      expect(sent).not.toContain('opened')
      // The snapshot of the source is the one it had from the beginning.
      expect(sent.filter((line) => line.startsWith('1: set transaction'))).toEqual([])
    },
    30_000,
  )
})

describe('what needs no locks, or would not be helped by them', () => {
  it('is a read-only database, which is shared', async () => {
    const role: Line = { when: /Updateability/, answer: [{ readOnly: 1, secondary: 1 }] }
    await using scripted = await startScriptedServer([role, SNAPSHOT_ALLOWED, HELD, ...HAS_LOCKS])
    const { shared, verdict, sent } = await share(scripted, 1)
    expect({ shared, locks: sent.filter((line) => line.includes('holdlock')) }).toEqual({ shared: true, locks: [] })
    expect(verdict).toMatch(/read-only/)
  })

  it('is a secondary replica, which one connection reads', async () => {
    const role: Line = { when: /Updateability/, answer: [{ readOnly: 0, secondary: 1 }] }
    await using scripted = await startScriptedServer([role, SNAPSHOT_ALLOWED, HELD, ...HAS_LOCKS])
    expect(await share(scripted, 1)).toMatchObject({
      shared: false,
      verdict: expect.stringMatching(/secondary replica/),
    })
  })
})

describe('a failure', () => {
  it('of a reader lets go of the locks, and is the failure of sharing', async () => {
    const refused: Line = {
      when: /from \[dbo\]\.\[Orders\]$/,
      answer: (number) => (number === 3 ? failure({ number: 3958, message: 'The version store is full.' }) : done()),
    }
    await using scripted = await startScriptedServer([refused, SNAPSHOT_ALLOWED, HELD, ...HAS_LOCKS, LOCKS])
    await expect(share(scripted, 2)).rejects.toMatchObject({
      code: 'ALB_SOURCE',
      message: expect.stringContaining('The version store is full (error 3958)'),
    })
    expect(scripted.sent.at(-1)).toBe(`2: ${LET_GO}`)
  })

  it('of the lock while the readers begin is one of sharing', async () => {
    let asked = 0
    const lost: Line = { when: /@@trancount as/, answer: () => rowsAnswer([{ depth: asked++ === 0 ? 1 : 0 }]) }
    await using scripted = await startScriptedServer([lost, SNAPSHOT_ALLOWED, ...HAS_LOCKS, MAY_NOT_LOOK])
    await expect(share(scripted, 2)).rejects.toMatchObject({
      code: 'ALB_SOURCE',
      message: 'cannot share the snapshot of database [Shop]: the locks were lost while the readers began',
    })
  })

  it('to wait because the job was stopped ends at once', async () => {
    const job = new AbortController()
    const silent: Line = { when: /holdlock/, answer: () => delayed(60_000, done()) }
    await using scripted = await startScriptedServer([silent, SNAPSHOT_ALLOWED, HELD, ...HAS_LOCKS])
    setTimeout(() => job.abort(), 300)
    const begun = performance.now()
    await expect(share(scripted, 2, job.signal)).rejects.toMatchObject({ code: 'ALB_INTERRUPTED' })
    expect(performance.now() - begun).toBeLessThan(3000)
  })
})

it('a read-only database is of one point in time also without a snapshot', async () => {
  const role: Line = { when: /Updateability/, answer: [{ readOnly: 1, secondary: 1 }] }
  await using scripted = await startScriptedServer([role])
  expect(await share(scripted, 2)).toMatchObject({
    shared: true,
    verdict: expect.stringMatching(/the database is read-only/),
  })
})

it('without any consistency readers only connect', async () => {
  await using scripted = await startScriptedServer(HAS_LOCKS)
  const { shared, verdict, sent } = await share(scripted, 2)
  expect({ shared, story: story(sent) }).toEqual({ shared: true, story: ['opened'] })
  expect(verdict).toMatch(/^The tables were read one after another/)
})
