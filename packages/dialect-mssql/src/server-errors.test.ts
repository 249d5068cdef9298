import { CannotCarryError, InterruptedError } from '@albackup/core'
import { describe, expect, it } from 'vitest'
import { connectionError, ServerError, sourceError, targetError } from './server-errors.ts'

const withCode = (message: string, code: string) => Object.assign(new Error(message), { code })
const withNumber = (message: string, number: number) => Object.assign(withCode(message, 'EREQUEST'), { number })

describe('a failure to connect is a ConnectionError that says what to do', () => {
  it.each([
    [withCode("Login failed for user 'sa'.", 'ELOGIN'), "Login failed for user 'sa'", /user name/],
    [withCode('connect ECONNREFUSED 127.0.0.1:1', 'ECONNREFUSED'), 'connect ECONNREFUSED 127.0.0.1:1', /running/],
    [
      Object.assign(
        new Error('Failed to connect to h:1433', { cause: withCode('getaddrinfo ENOTFOUND h', 'ENOTFOUND') }),
        { code: 'ESOCKET' },
      ),
      'getaddrinfo ENOTFOUND h',
      /name of the host/,
    ],
    [
      withCode('self-signed certificate', 'DEPTH_ZERO_SELF_SIGNED_CERT'),
      'self-signed certificate',
      /trustServerCertificate/,
    ],
    [
      new AggregateError([withNumber('No such database.', 4060)]),
      'No such database (error 4060)',
      /name of the database/,
    ],
  ])('%s', (error, reason, hint) => {
    expect(connectionError('db1:1433/Northwind', error)).toMatchObject({
      code: 'ALB_CONNECTION',
      message: `cannot connect to db1:1433/Northwind: ${reason}`,
      hint: expect.stringMatching(hint),
      cause: error,
    })
  })
})

describe('a failure while reading', () => {
  it.each([
    [229, /SELECT/],
    [1205, /Another session/],
    [1222, /lock/],
    [3960, /quieter/],
  ])('keeps the number %i of the server and has a hint', (number, hint) => {
    const error = new ServerError(number, 'What happened.')
    expect(sourceError('cannot read table [dbo].[T]', error)).toMatchObject({
      code: 'ALB_SOURCE',
      message: `cannot read table [dbo].[T]: What happened (error ${number})`,
      hint: expect.stringMatching(hint),
    })
  })

  it.each([
    new CannotCarryError('a row is longer than 2 GiB', { hint: 'Split it.' }),
    new InterruptedError('the job was stopped'),
  ])('keeps its class and hint when it has one: %s', (error) => {
    const { code, exitStatus, hint } = error
    const message = `cannot read table [dbo].[T]: ${error.message}`
    expect(sourceError('cannot read table [dbo].[T]', error)).toMatchObject({ code, exitStatus, hint, message })
  })
})

it('a connection that is lost is no question of encryption once rows are read', () => {
  const error = withCode('socket hang up', 'ECONNRESET')
  expect(connectionError('db1:1433/d', error)).toMatchObject({ hint: expect.stringMatching(/encryption/) })
  expect(sourceError('cannot read table [dbo].[T]', error)).toMatchObject({
    hint: 'The network connection was lost; dump again.',
  })
})

it('a bug is not made to look like an expected failure', () => {
  const bug = new TypeError('x is not a function')
  expect(sourceError('cannot read table [dbo].[T]', bug)).toBe(bug)
})

describe('a failure of the target', () => {
  it.each([
    [1205, true],
    [2627, false],
  ])('by error %i of the server is retryable: %s', (number, retryable) => {
    const error = Object.assign(new Error('chosen as the deadlock victim.'), { number })
    expect(targetError('cannot load table [dbo].[T]', error)).toMatchObject({
      message: `cannot load table [dbo].[T]: chosen as the deadlock victim (error ${number})`,
      code: 'ALB_TARGET',
      retryable,
    })
  })
})
