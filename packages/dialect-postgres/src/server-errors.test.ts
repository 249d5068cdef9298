import pg from 'pg'
import { expect, it } from 'vitest'
import { sourceError, targetError } from './server-errors.ts'

function failure(code: string, severity = 'ERROR'): pg.DatabaseError {
  return Object.assign(new pg.DatabaseError('it failed', 0, 'error'), { code, severity })
}

it.each([
  ['deadlock_detected', failure('40P01'), true],
  ['serialization_failure', failure('40001'), true],
  ['a conflict with the recovery of a standby that ends the session', failure('40001', 'FATAL'), false],
  ['unique_violation', failure('23505'), false],
  ['a connection that was cut', Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }), false],
])('may be tried again or not, reading as writing: %s', (_, error, retryable) => {
  expect(targetError(error, 'load table t')).toMatchObject({
    message: expect.stringMatching(/^cannot load table t: /),
    retryable,
  })
  expect(sourceError(error, 'read table t')).toMatchObject({
    message: expect.stringMatching(/^cannot read table t: /),
    retryable,
  })
})

it('says of a connection that the server ended without a word where the reason stands', () => {
  expect(targetError(new Error('Connection terminated unexpectedly'), 'load table t')).toMatchObject({
    message: 'cannot load table t: Connection terminated unexpectedly',
    hint: 'The connection was cut. Check the server log for the reason.',
  })
})
