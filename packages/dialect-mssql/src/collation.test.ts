import { describe, expect, it } from 'vitest'
import { codePageOfCollation, UTF8 } from './collation.ts'

describe('the code page of a collation is that of', () => {
  it.each([
    ['SQL_Latin1_General_CP1_CI_AS: its sort order', '0904d00034', 1252],
    ['SQL_Latin1_General_CP850_BIN: its sort order', '0904000028', 850],
    ['SQL_Latin1_General_CP437_CI_AS: its sort order', '0904d00020', 437],
    ['Latin1_General_CI_AS: its language', '0904d00000', 1252],
    ['Latin1_General_100_CI_AS_SC: its language, whatever the version', '0904d02000', 1252],
    ['Latin1_General_100_CI_AS_SC_UTF8: the flag', '0904d02400', UTF8],
    ['Greek_CI_AS', '0804d00000', 1253],
    ['Japanese_XJIS_100_CI_AS: low bits of the LCID', '1104d32000', 932],
    ['Chinese_PRC_CI_AS', '0408d00000', 936],
    ['Korean_Wansung_CI_AS', '1204d00000', 949],
    ['Chinese_Taiwan_Stroke_CI_AS', '0404d00000', 950],
    ['Thai_CI_AS', '1e04d00000', 874],
    ['Vietnamese_CI_AS', '2a04d00000', 1258],
  ])('%s', (_, bytes, page) => {
    expect(codePageOfCollation(Buffer.from(bytes, 'hex'))).toBe(page)
  })
})

it('a collation without a known code page is refused, by its bytes', () => {
  expect(() => codePageOfCollation(Buffer.from('3904d02000', 'hex'))).toThrow(
    'no code page is known for the collation 0x3904d02000',
  )
})
