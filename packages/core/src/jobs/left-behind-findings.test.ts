import { describe, expect, it } from 'vitest'
import { leftBehindFindings } from './left-behind-findings.ts'

describe('what is not in the backup', () => {
  it('is lost to whoever reads the plan, but for what is a matter of administrators', () => {
    const leftBehind = [
      { kind: 'edge constraint', name: '[dbo].[knows]', reason: 'add it again' },
      { kind: 'filegroup', name: '[FAST]', reason: 'files belong to their server', administrative: true as const },
    ]
    expect(leftBehindFindings({ leftBehind })).toEqual([
      {
        severity: 'lost',
        kind: 'edge constraint',
        object: '[dbo].[knows]',
        message: 'is not in the backup: add it again',
      },
      {
        severity: 'info',
        kind: 'filegroup',
        object: '[FAST]',
        message: 'is not in the backup: files belong to their server',
      },
    ])
  })
})
