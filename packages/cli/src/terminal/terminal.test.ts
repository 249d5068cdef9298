import { describe, expect, it } from 'vitest'
import { Terminal, type TerminalOptions } from './terminal.ts'

function open(options: Partial<Omit<TerminalOptions, 'stdout' | 'stderr'>> & { readonly isTTY?: boolean } = {}) {
  const written = { stdout: '', stderr: '' }
  const stream = (name: 'stdout' | 'stderr') => ({
    isTTY: options.isTTY ?? false,
    columns: 20,
    write: (text: string) => {
      written[name] += text
    },
  })
  const terminal = new Terminal({
    stdout: stream('stdout'),
    stderr: stream('stderr'),
    environment: options.environment ?? {},
    json: options.json ?? false,
  })
  return { terminal, written }
}

describe('Terminal', () => {
  it('keeps the result on stdout and the rest on stderr', () => {
    const { terminal, written } = open()
    terminal.print('result')
    terminal.tell('beside')
    terminal.warn('careful')
    expect(written).toEqual({ stdout: 'result\n', stderr: 'beside\nwarning: careful\n' })
  })

  it('leaves stdout to one JSON object', () => {
    const { terminal, written } = open({ json: true })
    terminal.print('result')
    terminal.printJson({ rows: 1 })
    expect(written).toEqual({ stdout: '{"rows":1}\n', stderr: 'result\n' })
  })

  it('shows no password, however it is written', () => {
    const { terminal, written } = open()
    terminal.hide('p@ss"wörd')
    terminal.hide('abc')
    terminal.tell('login failed: p@ss"wörd p%40ss%22w%C3%B6rd abc')
    terminal.printJson({ error: { message: 'p@ss"wörd' } })
    terminal.tell(JSON.stringify({ password: 'p@ss"wörd' }))
    expect(written).toEqual({
      stdout: '{"error":{"message":"***"}}\n',
      stderr: 'login failed: *** *** abc\n{"password":"***"}\n',
    })
  })

  it('leaves a result as it is, whatever the password', () => {
    const { terminal, written } = open()
    terminal.hide('postgres')
    terminal.print('/backup/postgres@db1')
    terminal.printJson({ backup: '/backup/postgres@db1', rows: 1 })
    expect(written.stdout).toBe('/backup/postgres@db1\n{"backup":"/backup/postgres@db1","rows":1}\n')
  })

  it('lets no name steer the terminal', () => {
    const { terminal, written } = open()
    terminal.print('dbo.\u001b[31mRed\u0007\r\u009b\ttab\nline')
    expect(written.stdout).toBe('dbo.\\u{1b}[31mRed\\u{7}\\u{d}\\u{9b}\ttab\nline\n')
  })

  it('draws over its live line, cut to the width, and takes it away', () => {
    const { terminal, written } = open({ isTTY: true, environment: { NO_COLOR: '1' } })
    terminal.showLive('short')
    terminal.showLive('one that is longer than the terminal')
    terminal.tell('done')
    expect(written.stderr).toBe('\r\u001b[2Kshort\r\u001b[2Kone that is longer…\r\u001b[2Kdone\n')
  })

  it.each([
    [{ isTTY: true }, '\u001b[33mwarning: x\u001b[0m\n'],
    [{ isTTY: true, environment: { NO_COLOR: '1' } }, 'warning: x\n'],
    [{ isTTY: true, environment: { TERM: 'dumb' } }, 'warning: x\n'],
    [{ isTTY: false }, 'warning: x\n'],
  ])('colours only where it is wanted: %j', (options, text) => {
    const { terminal, written } = open(options)
    terminal.warn('x')
    expect(written.stderr).toBe(text)
  })
})
