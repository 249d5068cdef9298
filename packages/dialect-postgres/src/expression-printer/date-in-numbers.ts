import { refuse } from '@albackup/core/printing'

const SEPARATED = String.raw`(?:(?<first>\d\d?)([-/.])(?<second>\d\d?)\2(?<last>\d{4})|(?<year>\d{4})([-/.])(?<third>\d\d?)\6(?<fourth>\d\d?))`
const TIME = String.raw`(?: +(?<hour>\d\d?):(?<minute>\d\d)(?<rest>:\d\d(?:\.\d{1,7})?)? ?(?<half>[AP]M)?)?`
const TEXT = new RegExp(`^${SEPARATED}${TIME}$`, 'i')

/**
 * `1/31/1900 12:00 AM` as `19000131 00:00`, which means the same in every session; other texts as they are. Which number is
 * the day depends on the session: refused, unless there is one reading that is a date, or both are the same.
 */
export function packed(text: string): string {
  const found = TEXT.exec(text)?.groups
  if (found === undefined) return text
  const [one, other] = [Number(found.first ?? found.third), Number(found.second ?? found.fourth)]
  if (one <= 12 && other <= 12 && one !== other) {
    return refuse(`the text '${text}' depends on the date format of a session`)
  }
  const [month, day] = one <= 12 ? [one, other] : [other, one]
  return `${found.last ?? found.year}${twoDigits(month)}${twoDigits(day)}${timeOf(found)}`
}

/** Noon is 12 PM, midnight 12 AM. */
function timeOf({ hour, minute, rest = '', half }: Readonly<Record<string, string | undefined>>): string {
  if (hour === undefined) return ''
  const within = half === undefined ? Number(hour) : (Number(hour) % 12) + (half.toUpperCase() === 'PM' ? 12 : 0)
  return ` ${twoDigits(within)}:${minute}${rest}`
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0')
}
