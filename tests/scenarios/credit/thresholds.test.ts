import { v7 } from 'uuid'
import { afterEach, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { standingHoldsOf } from '#app/db/people/account-holds.server.ts'
import { saveBillingSettings } from '#app/services/billing/save-billing-settings.server.ts'
import { decideCreditLimit, setCreditLimit } from '#app/services/credit/set-credit-limit.server.ts'
import { watchCredit } from '#app/services/credit/watch-credit.server.ts'
import { asOffice, buildAccount, buildCharges, buildContract, buildPriceBook, buildTenant } from '#tests/support/builders.ts'
import { receive } from '#tests/support/payments.ts'

afterEach(() => setClock())

async function customerWith(creditLimitMinor: bigint) {
  setClock(fixedClock('2026-06-10T08:00:00Z'))
  const tenantId = await buildTenant({ slug: `seller-${v7()}` })
  const { priceBookId, priceVersionId, ruleIds } = await buildPriceBook(tenantId, [{ feeKind: 'usage', price: '1', meter: 'traffic.sent' }])
  const accountId = await buildAccount(tenantId)
  const contractId = await buildContract(tenantId, { accountId, priceBookId, creditLimitMinor })
  const usage = { accountId, contractId, priceVersionId, priceRuleId: ruleIds[0] ?? '', billingPeriod: '2026-06-01' }
  const at = async (instant: string) => {
    setClock(fixedClock(instant))
    await asOffice(tenantId, watchCredit)
  }
  const steps = () =>
    asOffice(tenantId, async ({ db }) => {
      const rows = await db.creditCrossing.findMany({
        where: { tenantId, clearedAt: null },
        select: { step: true },
        orderBy: { step: 'asc' },
      })
      return rows.map(({ step }) => step)
    })
  const effects = () =>
    asOffice(tenantId, async (ctx) => ((await standingHoldsOf(ctx, [accountId])).get(accountId) ?? []).map(({ effect }) => effect))
  const crossings = () => asOffice(tenantId, ({ db }) => db.creditCrossing.count({ where: { tenantId } }))
  return { tenantId, accountId, at, steps, effects, crossings, use: (amount: string) => buildCharges(tenantId, [{ ...usage, amount }]) }
}

test('a customer is warned once, then blocked, suspended a day later, and free as soon as it pays', async () => {
  const customer = await customerWith(10_000n)
  await customer.use('70')
  await customer.at('2026-06-10T08:01:00Z')
  await customer.at('2026-06-10T08:02:00Z')
  expect([await customer.steps(), await customer.crossings()]).toEqual([['warn-80'], 1])

  await customer.use('30')
  await customer.at('2026-06-10T09:00:00Z')
  expect([await customer.steps(), await customer.effects()]).toEqual([['block', 'over', 'warn-80', 'warn-95'], ['block-orders']])
  await customer.at('2026-06-11T08:59:00Z')
  expect(await customer.effects()).toEqual(['block-orders'])
  await customer.at('2026-06-11T09:00:00Z')
  expect(await customer.effects()).toEqual(['suspend-services'])

  await receive(customer.tenantId, customer.accountId, 11_900n, { receivedOn: '2026-06-11' })
  await customer.at('2026-06-11T10:00:00Z')
  expect([await customer.steps(), await customer.effects()]).toEqual([[], []])
})

test('a raised limit lifts the block, and its end brings it back at once', async () => {
  const customer = await customerWith(10_000n)
  const { tenantId, accountId } = customer
  await customer.use('90')
  await customer.at('2026-06-10T09:00:00Z')
  expect(await customer.effects()).toEqual(['block-orders'])
  const span = { from: new Date('2026-06-10T00:00:00Z'), until: new Date('2026-06-30T22:00:00Z') }
  const raised = await asOffice(tenantId, (ctx) => setCreditLimit(ctx, { accountId, amountMinor: 4000n, reason: 'summer', span }))
  expect(raised).toEqual({ ok: true, value: { isAgreed: true } })
  await customer.at('2026-06-10T09:10:00Z')
  expect([await customer.steps(), await customer.effects()]).toEqual([['warn-80'], []])
  await customer.at('2026-06-30T22:00:00Z')
  expect(await customer.effects()).toEqual(['block-orders'])
})

test('above the seller’s amount a second person lets a limit hold, never whoever asked for it', async () => {
  const { tenantId, accountId } = await customerWith(10_000n)
  await asOffice(tenantId, (ctx) =>
    saveBillingSettings(ctx, { changedPercent: 30, wildPercent: 200, wildSharePercent: 20, approvalAbove: { EUR: 50_000n } }),
  )
  const limitMinor = async () =>
    (await asOffice(tenantId, ({ db }) => db.contract.findFirstOrThrow({ where: { tenantId } }))).creditLimitMinor
  const asked = await asOffice(tenantId, (ctx) => setCreditLimit(ctx, { accountId, amountMinor: 60_000n, reason: 'grows', span: null }))
  expect([asked, await limitMinor()]).toEqual([{ ok: true, value: { isAgreed: false } }, 10_000n])

  const { id: limitId } = await asOffice(tenantId, ({ db }) => db.creditLimit.findFirstOrThrow({ where: { tenantId, state: 'waiting' } }))
  const decide = { accountId, limitId, isApproved: true }
  expect(await asOffice(tenantId, (ctx) => decideCreditLimit(ctx, decide))).toEqual({ ok: false, error: 'second-person-needed' })
  const other = { kind: 'user', userId: v7() } as const
  expect(await asOffice(tenantId, (ctx) => decideCreditLimit({ ...ctx, actor: other }, decide))).toEqual({ ok: true, value: undefined })
  expect(await limitMinor()).toBe(60_000n)
  expect(await asOffice(tenantId, (ctx) => decideCreditLimit({ ...ctx, actor: other }, decide))).toMatchObject({ error: 'limit-not-found' })
})
