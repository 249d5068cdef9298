import { expect, it } from 'vitest'
import { paragraphs } from './paragraphs.ts'

it('joins the lines of each paragraph', () => {
  expect(paragraphs('one\ntwo\nthree\n\nfour\nfive')).toBe('one two three\n\nfour five')
})
