import { afterEach, beforeEach, expect, test } from 'vitest'
import { setClock } from '#app/config/clock.server.ts'
import { inPanel } from '#app/db/context.server.ts'
import { keepExchanges } from '#app/db/payments/gateway-exchanges.server.ts'
import { listAttempts } from '#app/reports/payments/attempts.server.ts'
import { disputedPayments } from '#app/reports/payments/disputes.server.ts'
import { listExchanges } from '#app/reports/payments/exchanges.server.ts'
import { forgetExchanges } from '#app/services/gateways/forget-exchanges.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { asOffice, buildAccount, buildTenant } from '#tests/support/builders.ts'
import { buildGatewayAccount, type Captured, capture, tellDispute } from '#tests/support/captured-payments.ts'

let tenantId: string
let accountId: string
let paid: Captured

beforeEach(async () => {
  tenantId = await buildTenant()
  accountId = await buildAccount(tenantId)
  const gatewayAccountId = await buildGatewayAccount(tenantId)
  for (const minor of [4034n, 4034n, 9900n]) paid = await capture(tenantId, { accountId, gatewayAccountId, minor })
})
afterEach(() => setClock())

const all = { state: null, text: null, amount: null, accountId: null, from: null, before: null }
const attempts = (filter: Partial<Parameters<typeof listAttempts>[1]>, page = { cursor: null as string | null, limit: 50 }) =>
  asOffice(tenantId, (ctx) => listAttempts(ctx, { ...all, ...filter }, page))

test('attempts are found by amount, by the gateway’s reference and by state', async () => {
  expect((await attempts({ amount: '40,34' })).rows).toHaveLength(2)
  expect((await attempts({ amount: '40.35' })).rows).toHaveLength(0)
  expect((await attempts({ text: paid.paymentRef })).rows.map(({ id }) => id)).toEqual([paid.attemptId])
  expect((await attempts({ state: 'captured' })).rows).toHaveLength(3)
  expect((await attempts({ state: 'failed' })).rows).toHaveLength(0)
})

test('a list goes on where its page ended, and misses and repeats nothing', async () => {
  const first = await attempts({}, { cursor: null, limit: 2 })
  const second = await attempts({}, { cursor: first.nextCursor, limit: 2 })
  expect(new Set([...first.rows, ...second.rows].map(({ id }) => id)).size).toBe(3)
  expect(second.nextCursor).toBeNull()
})

/** Says something to the gateway at an instant. */
function say(at: Date, request: string) {
  const said = {
    operation: 'refund',
    method: 'POST',
    path: '/refunds',
    status: 200,
    problem: null,
    request,
    answer: '{}',
    durationMs: 3,
    at,
  }
  const about = { gatewayAccountId: paid.gatewayAccountId, attemptId: paid.attemptId }
  return asOffice(tenantId, (ctx) => keepExchanges(ctx, about, [said]))
}

test('what was said is found by its words, without its secrets, until its months are over', async () => {
  const now = new Date()
  const canary = 'kanarienvogel-7f3a9c'
  await say(now, `{"api_key":"${canary}","refund":"re_1"}`)
  await say(new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 14, 1)), '{"refund":"re_old"}')
  const filter = { result: null, attemptId: null, from: null, before: null }
  const log = (text: string | null) => asOffice(tenantId, (ctx) => listExchanges(ctx, { ...filter, text }, { cursor: null, limit: 50 }))
  expect((await log('re_1')).rows).toHaveLength(1)
  expect((await log(canary)).rows).toHaveLength(0)
  expect(JSON.stringify(await log(null))).not.toContain(canary)
  expect((await log(null)).rows).toHaveLength(2)
  expect(await forgetExchanges(processOf(tenantId, {}))).toBe(1)
  expect((await log(null)).rows).toHaveLength(1)
})

test('a customer sees that its payment is in dispute, another one does not', async () => {
  await tellDispute(paid, { state: 'needs-response', minor: 9900n })
  const other = await buildAccount(tenantId)
  expect(await inPanel(tenantId, [accountId], disputedPayments)).toEqual([paid.paymentId])
  expect(await inPanel(tenantId, [other], disputedPayments)).toEqual([])
})
