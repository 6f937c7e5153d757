import { expect, test } from 'vitest'
import { inLanes } from './in-lanes.ts'

/** Work that ends when told to, and remembers what was begun. */
function workshop() {
  const begun: string[] = []
  const ends = new Map<string, { done: (value: string) => void; fail: (error: Error) => void }>()
  const work = (item: string) => {
    begun.push(item)
    return new Promise<string>((done, fail) => ends.set(item, { done, fail }))
  }
  const settle = async (item: string, failure?: Error) => {
    if (failure) ends.get(item)?.fail(failure)
    else ends.get(item)?.done(item.toUpperCase())
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve()
  }
  return { begun, work, settle }
}

test('a lane that is free takes the next item, and outcomes keep the order of the items', async () => {
  const { begun, work, settle } = workshop()
  const all = inLanes(['a', 'b', 'c'], 2, work)
  expect(begun).toEqual(['a', 'b'])
  await settle('b')
  expect(begun).toEqual(['a', 'b', 'c'])
  await settle('c')
  await settle('a')
  expect(await all).toEqual(['A', 'B', 'C'])
})

test('after a failure nothing begins, and it is thrown when what was under way has ended', async () => {
  const { begun, work, settle } = workshop()
  const ended: string[] = []
  const all = inLanes(['a', 'b', 'c'], 2, work).catch((error: Error) => ended.push(error.message))
  await settle('a', new Error('broken'))
  expect(ended).toEqual([])
  await settle('b')
  await all
  expect(begun).toEqual(['a', 'b'])
  expect(ended).toEqual(['broken'])
})
