import type { Expression } from '@albackup/core'

/**
 * The default of the column that holds the offset of a timestamp, in minutes, where the timestamp's own default is this expression;
 * undefined where nothing is known of its offset.
 */
export function offsetDefault(meaning: Expression): string | undefined {
  switch (meaning.kind) {
    case 'convert':
      return meaning.type.kind === 'timestamp-offset' ? offsetDefault(meaning.operand) : undefined
    case 'call':
      return CLOCKS[meaning.name]
    case 'literal':
      return meaning.value.type === 'text' ? writtenOffset(meaning.value.text) : undefined
    default:
      return undefined
  }
}

/** A local time without an offset has the offset 0 where it becomes one with an offset. */
const CLOCKS: Readonly<Record<string, string>> = {
  now: '0',
  'now-fine': '0',
  'now-utc': '0',
  'now-utc-fine': '0',
  'now-offset': '(extract(timezone from statement_timestamp()) / 60)::smallint',
}

function writtenOffset(text: string): string {
  const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)$/.exec(text.trim()) ?? []
  if (sign === undefined) return '0'
  const offset = 60 * Number(hours) + Number(minutes)
  return `${sign === '-' ? -offset : offset}`
}
