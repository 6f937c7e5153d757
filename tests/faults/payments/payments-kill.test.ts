import { expect, test } from 'vitest'
import { killPayments } from './payment-driver.ts'

test('lost answers, doubled and late webhooks and killed workers change no sum and charge nobody twice', async () => {
  const report = await killPayments({ checkouts: 16, kills: 2, workers: 2, seed: 4921, print: () => {} })
  expect({ different: report.different, doubled: report.doubled, unknown: report.unknown }).toEqual({
    different: [],
    doubled: [],
    unknown: [],
  })
  expect(report.capturedHere).toBe(report.capturedThere)
  expect(report).toMatchObject({ kills: 2, payments: expect.any(Number) })
  expect(report.dropped + report.doubledWebhooks + report.delayedWebhooks).toBeGreaterThan(0)
}, 150_000)
