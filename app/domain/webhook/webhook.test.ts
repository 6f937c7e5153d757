import { expect, test } from 'vitest'
import { webhookTypeOf } from './event-types.ts'
import { retryWindowMs, waitAfter } from './retries.ts'

test.each([
  ['invoice/finalised', 'invoice', 'open', 'invoice.finalised'],
  ['invoice/finalised', 'credit-note', 'open', 'credit-note.finalised'],
  ['invoice/finalised', 'self-billed', 'open', null],
  ['invoice/voided', 'invoice', 'void', 'invoice.voided'],
  ['invoice/voided', 'invoice', 'open', null],
  ['payment.allocated', 'invoice', 'partly-paid', null],
  ['payment.allocated', 'invoice', 'paid', 'invoice.paid'],
  ['payment.allocated', 'credit-note', 'paid', null],
  ['invoice/settled', 'invoice', 'paid', 'invoice.paid'],
  ['invoice/settled', 'invoice', 'partly-paid', null],
] as const)('%s of a document of type %s that is %s is told as %s', (name, documentType, status, told) => {
  expect(webhookTypeOf({ name, documentType, status })).toBe(told)
})

test('attempts come further and further apart and end within three days', () => {
  const waits: number[] = []
  for (let elapsedMs = 0, wait = waitAfter({ attempt: 1, elapsedMs, jitter: 0.5 }); wait !== null; ) {
    waits.push(wait)
    elapsedMs += wait
    wait = waitAfter({ attempt: waits.length + 1, elapsedMs, jitter: 0.5 })
  }
  expect(waits.slice(0, 4)).toEqual([5_000, 300_000, 1_800_000, 7_200_000])
  expect(waits.reduce((sum, wait) => sum + wait)).toBeLessThanOrEqual(retryWindowMs)
  expect(waits).toHaveLength(11)
})

test('what failed together is tried apart: a fifth earlier to a fifth later', () => {
  expect([0, 1].map((jitter) => waitAfter({ attempt: 2, elapsedMs: 0, jitter }))).toEqual([240_000, 360_000])
})
