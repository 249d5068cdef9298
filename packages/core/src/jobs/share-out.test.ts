import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { shareOut } from './share-out.ts'

it('gives the results in the order of the tasks, whoever was first', async () => {
  const hand = async (milliseconds: number) => {
    await sleep(milliseconds)
    return milliseconds * 2
  }
  expect(await shareOut([30, 1, 20, 2], [hand, hand], () => {})).toEqual([60, 2, 40, 4])
})

it('gives each task to one hand', async () => {
  const done: string[] = []
  const hand = (name: string) => async (task: number) => {
    await sleep(1)
    done.push(`${name}${task}`)
  }
  await shareOut([1, 2, 3, 4, 5], [hand('a'), hand('b')], () => {})
  expect(done.map((one) => one.slice(1)).sort()).toEqual(['1', '2', '3', '4', '5'])
  expect(new Set(done.map((one) => one[0]))).toEqual(new Set(['a', 'b']))
})

it('begins nothing after a failure, stops once, waits for the others, and throws the first', async () => {
  const begun: number[] = []
  let stops = 0
  let waited = false
  const hand = async (task: number) => {
    begun.push(task)
    if (task === 1) throw new Error('first')
    await sleep(20)
    waited = true
    throw new Error('second')
  }
  await expect(shareOut([0, 1, 2, 3], [hand, hand], () => stops++)).rejects.toThrow('first')
  expect({ begun, stops, waited }).toEqual({ begun: [0, 1], stops: 1, waited: true })
})
