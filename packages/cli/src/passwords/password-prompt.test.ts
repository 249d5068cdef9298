import { PassThrough } from 'node:stream'
import { expect, it } from 'vitest'
import { PasswordPrompt } from './password-prompt.ts'

function open(hidden: boolean) {
  const input = new PassThrough()
  let shown = ''
  const prompt = new PasswordPrompt(input, { write: (text) => (shown += text) }, hidden)
  return { input, prompt, shown: () => shown }
}

it.each([true, false])('answers line by line and shows nothing of it (hidden: %s)', async (hidden) => {
  const { input, prompt, shown } = open(hidden)
  input.write('eins\nzw')
  input.end('ei\n')
  expect([await prompt.ask('A: '), await prompt.ask('B: '), await prompt.ask('C: ')]).toEqual([
    'eins',
    'zwei',
    undefined,
  ])
  expect(shown()).toBe('A: \nB: \nC: \n')
})

it('takes what was typed as it is', async () => {
  const { input, prompt } = open(false)
  input.end(' with blanks and ümlaut ✓ \r\n')
  expect(await prompt.ask('')).toBe(' with blanks and ümlaut ✓ ')
})

it('ends with an InterruptedError on Ctrl-C', async () => {
  const { input, prompt } = open(true)
  const answer = prompt.ask('A: ')
  input.write('half\u0003')
  await expect(answer).rejects.toMatchObject({ code: 'ALB_INTERRUPTED', exitStatus: 130 })
})
