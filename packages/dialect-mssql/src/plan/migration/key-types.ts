const NO_KEY = /\(max\)|^(xml|text|ntext|image|geometry|geography)\b/

/** Whether the key of an index can have a column of the type. */
export function isKeyType(type: string): boolean {
  return !NO_KEY.test(type)
}
