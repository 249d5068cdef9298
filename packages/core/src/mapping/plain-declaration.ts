/** A declaration as everybody may write it, taken apart: `Decimal (10, 2)` as the word `decimal` and the measure `(10,2)`. */
export function plainDeclaration(type: string): { readonly word: string; readonly measure: string } {
  const plain = type
    .trim()
    .toLowerCase()
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/ ?([(),]) ?/g, '$1')
  const [, word = plain, measure = ''] = /^([^(]+)(\(.*)?$/.exec(plain) ?? []
  return { word, measure }
}
