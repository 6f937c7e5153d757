import { expect, test } from 'vitest'
import { readPhone, readTimeZone } from './profile.ts'

test.each(['+43 1 234 56 78', '0664/123456', '(030) 12345-0', '12345'])('%s is a telephone number', (phone) => {
  expect(readPhone(`  ${phone} `)).toEqual({ ok: true, value: phone })
})

test.each(['1234', '1234567890123456', 'call me', '+43 1 234+5', '＋４３１２３４５', '<b>12345</b>'])('%s is none', (phone) => {
  expect(readPhone(phone)).toEqual({ ok: false, error: 'phone' })
})

test('nothing typed is no number and no zone', () => {
  expect([readPhone('  '), readTimeZone('')]).toEqual([
    { ok: true, value: null },
    { ok: true, value: null },
  ])
})

test('a zone is one of the list, letter by letter', () => {
  expect(readTimeZone('Europe/Vienna').ok).toBe(true)
  expect(readTimeZone('UTC').ok).toBe(true)
  for (const zone of ['europe/vienna', 'Mars/Olympus', '+02:00']) expect(readTimeZone(zone).ok, zone).toBe(false)
})
