import { afterEach, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { inTenant } from '#app/db/context.server.ts'
import type { SubscriptionChange } from '#app/domain/subscription/subscription-change.ts'
import { applyChange } from '#app/services/subscriptions/apply-change.server.ts'
import { requestChange } from '#app/services/subscriptions/request-change.server.ts'
import { billMonth } from '#tests/support/billing.ts'
import {
  asOffice,
  buildAccount,
  buildContract,
  buildPriceBook,
  buildProduct,
  buildSubscription,
  buildTenant,
} from '#tests/support/builders.ts'

afterEach(() => setClock())

type Facts = {
  readonly startedAt: string
  readonly prices: readonly [string, string]
  readonly proration?: 'day' | 'second'
  readonly isYearly?: boolean
  readonly isAnniversary?: boolean
}

/** A subscription of the first of two plans, in advance; a second one of 1,000.00 a month keeps every invoice above zero. */
async function shopOf({ startedAt, prices, proration = 'day', isYearly = false, isAnniversary = false }: Facts) {
  const tenantId = await buildTenant()
  const accountId = await buildAccount(tenantId)
  const small = await buildProduct(tenantId, 'Small', proration)
  const large = await buildProduct(tenantId, 'Large', proration)
  const other = await buildProduct(tenantId, 'Other')
  const interval = isYearly ? { interval: 'year' as const } : {}
  const { priceBookId } = await buildPriceBook(tenantId, [
    { feeKind: 'recurring', price: prices[0], productId: small, ...interval },
    { feeKind: 'recurring', price: prices[1], productId: large, ...interval },
    { feeKind: 'recurring', price: '1000', productId: other },
  ])
  const contractId = await buildContract(tenantId, { accountId, priceBookId, feesInAdvance: true })
  const common = { accountId, contractId, startedAt }
  const subscriptionId = await buildSubscription(tenantId, { ...common, productId: small })
  await buildSubscription(tenantId, { ...common, productId: other, name: 'other' })
  const billingAnchor = isAnniversary ? 'anniversary' : null
  await inTenant(tenantId, ({ db }) => db.subscription.updateMany({ where: { tenantId, id: subscriptionId }, data: { billingAnchor } }))
  return { tenantId, subscriptionId, small, large }
}

type Shop = Awaited<ReturnType<typeof shopOf>>

/** The fees of the subscription as charged so far, e.g. `2026-06-16 2026-07-01 39.5`; days in Berlin. */
function feesOf({ tenantId, subscriptionId }: Shop): Promise<string[]> {
  return asOffice(tenantId, async ({ db }) => {
    const rows = await db.$queryRaw<{ line: string }[]>`
      select (period_start at time zone 'Europe/Berlin')::date::text || ' ' || (period_end at time zone 'Europe/Berlin')::date::text || ' ' ||
        trim_scale(round(amount, 2))::text as line
      from charges where tenant_id = ${tenantId}::uuid and subscription_id = ${subscriptionId}::uuid order by created_at, id`
    return rows.map(({ line }) => line)
  })
}

async function change({ tenantId, subscriptionId }: Shop, at: string, wanted: SubscriptionChange): Promise<void> {
  setClock(fixedClock(at))
  const input = { subscriptionId, change: wanted, when: 'now', chosenBy: 'seller' } as const
  const requested = await asOffice(tenantId, (ctx) => requestChange(ctx, input))
  if (!requested.ok) throw new Error(requested.error)
  expect(await applyChange({ tenantId, changeId: requested.value.changeId })).toBe('applied')
}

test('up, down and up again in one month: every credit is a share of what was charged', async () => {
  const shop = await shopOf({ startedAt: '2026-02-01T10:00:00Z', prices: ['30', '90'] })
  await billMonth(shop.tenantId, '2026-05', '2026-06-01T06:00:00Z')
  await change(shop, '2026-06-11T08:00:00Z', { kind: 'plan', productId: shop.large })
  await change(shop, '2026-06-16T08:00:00Z', { kind: 'plan', productId: shop.small })
  await change(shop, '2026-06-26T08:00:00Z', { kind: 'plan', productId: shop.large })
  await billMonth(shop.tenantId, '2026-06', '2026-07-01T06:00:00Z')
  const fees = (await feesOf(shop)).slice(-6)
  // Small on days 1 to 10 and 16 to 25, Large on days 11 to 15 and 26 to 30: 20 days of 1.00 and 10 of 3.00, 30.00 of it paid before.
  const june = fees.filter((fee) => !fee.startsWith('2026-07')).map((fee) => Number(fee.split(' ')[2]))
  expect(june.reduce((sum, amount) => sum + amount, 0)).toBe(50)
})

test('a yearly plan upgraded in its middle brings the months to come back', async () => {
  const shop = await shopOf({ startedAt: '2026-01-01T10:00:00Z', prices: ['365', '730'], isYearly: true })
  await billMonth(shop.tenantId, '2026-01', '2026-02-01T06:00:00Z')
  expect(await feesOf(shop)).toEqual(['2026-01-01 2027-01-01 365'])
  await change(shop, '2026-07-02T08:00:00Z', { kind: 'plan', productId: shop.large })
  await billMonth(shop.tenantId, '2026-07', '2026-08-01T06:00:00Z')
  expect((await feesOf(shop)).slice(1).sort()).toEqual(['2026-07-02 2027-01-01 -183', '2026-07-02 2027-01-01 366'])
})

test('months from 31 January end with February and March and come back to the 31st', async () => {
  const shop = await shopOf({ startedAt: '2026-01-30T23:00:00Z', prices: ['30', '90'], isAnniversary: true })
  await billMonth(shop.tenantId, '2026-01', '2026-02-01T06:00:00Z')
  await billMonth(shop.tenantId, '2026-02', '2026-03-01T06:00:00Z')
  await billMonth(shop.tenantId, '2026-03', '2026-04-01T06:00:00Z')
  expect(await feesOf(shop)).toEqual(['2026-01-31 2026-02-28 30', '2026-02-28 2026-03-31 30', '2026-03-31 2026-04-30 30'])
})

test('half of a February with 29 days is 14 or 15 of 29', async () => {
  const shop = await shopOf({ startedAt: '2028-01-01T10:00:00Z', prices: ['29', '58'] })
  await billMonth(shop.tenantId, '2028-01', '2028-02-01T06:00:00Z')
  await change(shop, '2028-02-16T08:00:00Z', { kind: 'plan', productId: shop.large })
  await billMonth(shop.tenantId, '2028-02', '2028-03-01T06:00:00Z')
  const february = (await feesOf(shop)).filter((fee) => fee.startsWith('2028-02-16'))
  expect(february.sort()).toEqual(['2028-02-16 2028-03-01 -14', '2028-02-16 2028-03-01 28'])
})

test('by the second a March of 743 hours is shared by the hours it has', async () => {
  const shop = await shopOf({ startedAt: '2026-02-01T10:00:00Z', prices: ['74.30', '148.60'], proration: 'second' })
  await billMonth(shop.tenantId, '2026-02', '2026-03-01T06:00:00Z')
  await change(shop, '2026-03-30T22:00:00Z', { kind: 'plan', productId: shop.large })
  await billMonth(shop.tenantId, '2026-03', '2026-04-01T06:00:00Z')
  const lastDay = (await feesOf(shop)).filter((fee) => fee.startsWith('2026-03-31'))
  expect(lastDay.sort()).toEqual(['2026-03-31 2026-04-01 -2.4', '2026-03-31 2026-04-01 4.8'])
})

test('a quantity that grows and shrinks costs its own days', async () => {
  const shop = await shopOf({ startedAt: '2026-02-01T10:00:00Z', prices: ['30', '90'] })
  await billMonth(shop.tenantId, '2026-05', '2026-06-01T06:00:00Z')
  await change(shop, '2026-06-11T08:00:00Z', { kind: 'quantity', quantity: '3' })
  await change(shop, '2026-06-21T08:00:00Z', { kind: 'quantity', quantity: '2' })
  await billMonth(shop.tenantId, '2026-06', '2026-07-01T06:00:00Z')
  const fees = (await feesOf(shop)).slice(-4)
  expect(fees.sort()).toEqual([
    '2026-06-11 2026-06-21 30',
    '2026-06-11 2026-07-01 -20',
    '2026-06-21 2026-07-01 20',
    '2026-07-01 2026-08-01 60',
  ])
})
