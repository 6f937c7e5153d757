import { expect, test } from 'vitest'
import { readInstant } from './instant-text.ts'

test.each([
  ['2026-11-01T00:00:00+0000', '2026-11-01T00:00:00.000Z'],
  ["2021-11-03'T'17:11:53+00:00", '2021-11-03T17:11:53.000Z'],
  ['2026-01-22T23:59:59+0530', '2026-01-22T18:29:59.000Z'],
  ['2026-01-22T00:00:00-0330', '2026-01-22T03:30:00.000Z'],
  ['2026-01-22T00:00:00Z', '2026-01-22T00:00:00.000Z'],
  ['2026-01-22 00:00:00.5+00:00', '2026-01-22T00:00:00.500Z'],
])('%s is the instant %s', (text, instant) => {
  expect(readInstant(text)?.toISOString()).toBe(instant)
})

test('a date without an offset is UTC only where the cloud is known to mean UTC', () => {
  expect(readInstant('2026-11-20T13:23:55.840696', { assumeUtc: true })?.toISOString()).toBe('2026-11-20T13:23:55.840Z')
  expect(readInstant('2026-11-20T13:23:55.840696')).toBeUndefined()
})

test.each([
  undefined,
  '',
  'yesterday',
  '2026-02-30T00:00:00Z',
  '2026-13-01T00:00:00Z',
  '2026-11-01T24:00:01Z',
  '2026-11-01',
  '1970-01-01T00:00:00Z',
  '9999-12-31T23:59:59Z',
  '2026-11-01T00:00:00+9900',
])('%j is no instant', (text) => {
  expect(readInstant(text)).toBeUndefined()
})
