import { expect, test } from 'vitest'
import { countRequest, perMinute } from './rate-limit.ts'

const start = Date.UTC(2026, 5, 1)

test('a key has so many requests a minute, is told what is left, and when it has more', () => {
  const ask = (atMs: number, key = 'one') => countRequest('key', key, start + atMs)
  expect(ask(0)).toEqual({ isAllowed: true, headers: { 'RateLimit-Policy': '"key";q=300;w=60', RateLimit: '"key";r=299;t=60' } })
  for (let used = 1; used < perMinute.key; used += 1) expect(ask(10_000).isAllowed).toBe(true)
  expect(ask(15_500)).toEqual({
    isAllowed: false,
    headers: { 'RateLimit-Policy': '"key";q=300;w=60', RateLimit: '"key";r=0;t=45', 'Retry-After': '45' },
  })
  expect(ask(15_500, 'two').isAllowed).toBe(true)
  expect(ask(60_000).isAllowed).toBe(true)
})
