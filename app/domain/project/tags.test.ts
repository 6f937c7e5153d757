import { expect, test } from 'vitest'
import { tagChanges, typedTag, typedTags } from './tags.ts'

test('labels are parted by commas or lines; a value may hold a sign of equality', () => {
  expect(typedTags('env=live, team = Vertrieb\n\nquery=a=b')).toEqual([
    { key: 'env', value: 'live' },
    { key: 'team', value: 'Vertrieb' },
    { key: 'query', value: 'a=b' },
  ])
  expect(typedTags('')).toEqual([])
})

test('a label without a value, with a strange key, twice, or one too many is refused', () => {
  for (const text of ['env', 'env=', '=live', '-env=live', 'my env=live', `${'k'.repeat(41)}=v`, `k=${'v'.repeat(81)}`]) {
    expect(typedTag(text)).toBeUndefined()
  }
  expect(typedTags('env=live,env=test')).toBeUndefined()
  expect(typedTags(Array.from({ length: 21 }, (_, number) => `k${number}=v`).join(','))).toBeUndefined()
})

test('only what differs is ended and begun', () => {
  const [live, trial, team] = [
    { key: 'env', value: 'live' },
    { key: 'env', value: 'trial' },
    { key: 'team', value: 'web' },
  ] as const
  expect(tagChanges([live, team], [trial, team])).toEqual({ ended: [live], begun: [trial] })
})
