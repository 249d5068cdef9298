import { readFileSync } from 'node:fs'
import { ERROR_CLASSES } from '@albackup/core'
import { describe, expect, it } from 'vitest'
import { FILE_KEYS, TARGET_KEYS } from './configuration/keys.ts'
import { TEST_KEYS } from './configuration/test-configuration.ts'

function page(name: string): string {
  return readFileSync(new URL(`../../../docs/${name}`, import.meta.url), 'utf8')
}

/** The first cells of the rows of the table under a heading, without their backticks. */
function tableUnder(heading: string, text: string): readonly (readonly string[])[] {
  const section = text.split(/^(?=## )/m).find((part) => part.startsWith(`## ${heading}`)) ?? ''
  return rowsOf(section)
}

function rowsOf(text: string): readonly (readonly string[])[] {
  const lines = text.split('\n').filter((line) => line.startsWith('|') && !line.startsWith('|---'))
  return lines.slice(1).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  )
}

describe('docs/errors.md', () => {
  it('lists the classes of the catalogue with their codes and statuses, in order', () => {
    const documented = rowsOf(page('errors.md')).map(([status, code, name]) => [Number(status), code, name])
    const classes = ERROR_CLASSES.map((Class) => {
      const { exitStatus, code } = new Class('')
      return [exitStatus, `\`${code}\``, `\`${Class.name}\``]
    })
    expect(documented).toEqual([[0, '', ''], [1, '`ALB_BUG`', ''], ...classes])
  })

  it('says what to do about each status', () => {
    const text = page('errors.md')
    for (const Class of ERROR_CLASSES) expect(text).toContain(`- **${new Class('').exitStatus}** — `)
  })
})

describe('docs/configuration.md', () => {
  const keysOf = (heading: string) =>
    tableUnder(heading, page('configuration.md')).flatMap(([cell]) => cell!.split(', ').map((key) => key.slice(1, -1)))

  it('describes every key of the file, and no other', () => {
    expect(keysOf('Keys of the file').toSorted()).toEqual(Object.keys(FILE_KEYS).toSorted())
  })

  it('describes every key of a target, and no other', () => {
    expect(keysOf('Keys of a target').toSorted()).toEqual(Object.keys(TARGET_KEYS).toSorted())
  })
})

describe('docs/test-all.md', () => {
  it('describes every key of the file and of a database, and no other', () => {
    const documented = tableUnder('Keys', page('test-all.md')).flatMap(([cell]) =>
      cell!.split(', ').map((key) => key.slice(1, -1)),
    )
    // What only a target to restore into has use for is described with targets.
    const keys = [...Object.keys(TEST_KEYS.file), ...Object.keys(TEST_KEYS.database), 'comment'].filter(
      (key) => key !== 'allow_restore' && key !== 'mapping',
    )
    expect(documented.toSorted()).toEqual(keys.toSorted())
  })
})
