import { expect, it } from 'vitest'
import { SourceError } from '../../errors.ts'
import { receiveError, sendError } from './sent-error.ts'

/** As it goes from one thread to another. */
function sent(error: unknown): Error {
  return receiveError(structuredClone(sendError(error)))
}

it('is of the same class, with its hint, its causes and its stack', () => {
  const cause = new Error('reset by peer')
  const error = new SourceError('cannot read t', { hint: 'Wait.', retryable: true, cause })
  expect(sent(error)).toBeInstanceOf(SourceError)
  const { name, message, hint, retryable, stack } = error
  expect(sent(error)).toMatchObject({ name, message, hint, retryable, stack })
  expect(sent(error).cause).toMatchObject({ message: 'reset by peer', stack: cause.stack })
})

it('becomes of our class when it is of that name in another copy of the core', () => {
  const foreign = Object.assign(new Error('cannot read t'), { name: 'SourceError', hint: 'Wait.', retryable: true })
  expect(sent(foreign)).toBeInstanceOf(SourceError)
  expect(sent(foreign)).toMatchObject({ hint: 'Wait.', retryable: true })
})

it('stays a bug when it is one', () => {
  expect(sent(new TypeError('no function'))).toMatchObject({ name: 'TypeError', message: 'no function' })
  expect(sent('a text')).toMatchObject({ name: 'Error', message: 'a text' })
})
