import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { insertPriceRules } from '#app/db/catalog/price-rules.server.ts'
import { closeVersion, insertVersion } from '#app/db/catalog/price-versions.server.ts'
import { inTenant } from '#app/db/context.server.ts'
import { activateOrder, attachOrder } from '#app/db/subscriptions/subscriptions.server.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { plainRule } from '#app/domain/pricing/price-rule.ts'
import { readSubscriptionDetail } from '#app/reports/subscriptions/detail.server.ts'
import { applyDueChanges } from '#app/services/subscriptions/apply-change.server.ts'
import type { ChangeInput } from '#app/services/subscriptions/plan-change.server.ts'
import { previewSubscriptionChange } from '#app/services/subscriptions/preview-change.server.ts'
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
import { buildShop, buildShopper, orderWith } from '../promotions/store.ts'

type Shop = { readonly tenantId: string; readonly subscriptionId: string; readonly first: string; readonly second: string }

let shop: Shop
beforeEach(async () => {
  setClock(fixedClock('2026-02-01T10:00:00Z'))
  shop = await shopWithTwoVersions()
})
afterEach(() => setClock())

/** A subscription in advance on a plan of 10.00 a month, which costs 12.00 from 1 July 2026; another of 100.00 is beside it. */
async function shopWithTwoVersions(): Promise<Shop> {
  const tenantId = await buildTenant()
  const accountId = await buildAccount(tenantId)
  const [productId, other] = [await buildProduct(tenantId, 'Web 1'), await buildProduct(tenantId, 'Other')]
  const price = (each: string, of: string) => ({ feeKind: 'recurring', price: each, productId: of }) as const
  const book = await buildPriceBook(tenantId, [price('10', productId), price('100', other)])
  const contractId = await buildContract(tenantId, { accountId, priceBookId: book.priceBookId, feesInAdvance: true })
  const common = { accountId, contractId, startedAt: '2026-02-01T10:00:00Z' }
  const subscriptionId = await buildSubscription(tenantId, { ...common, productId })
  await buildSubscription(tenantId, { ...common, productId: other, name: 'other' })
  const second = await asOffice(tenantId, async (ctx) => {
    const validFrom = new Date('2026-06-30T22:00:00Z')
    await closeVersion(ctx, book.priceVersionId, validFrom)
    const facts = { priceBookId: book.priceBookId, number: 2, isPublic: false, validFrom, validTo: null, note: null, supersedesId: null }
    const priceVersionId = await insertVersion(ctx, facts)
    const rule = (of: string, each: string) =>
      plainRule({
        id: '',
        priceVersionId,
        feeKind: 'recurring',
        productId: of,
        meter: null,
        unit: 'month',
        validFrom,
        unitPrice: new Decimal(each),
      })
    await insertPriceRules(ctx, { priceVersionId, isPublic: false, rules: [rule(productId, '12'), rule(other, '100')] })
    return priceVersionId
  })
  return { tenantId, subscriptionId, first: book.priceVersionId, second }
}

type Wanted = Pick<ChangeInput, 'when'> & { readonly priceVersionId: string | null; readonly chosenBy?: 'buyer' | 'seller' }

const inputOf = ({ priceVersionId, when, chosenBy = 'seller' }: Wanted): ChangeInput => ({
  subscriptionId: shop.subscriptionId,
  change: { kind: 'prices', priceVersionId },
  when,
  chosenBy,
})

async function previewOf(wanted: Wanted): Promise<[bigint, bigint, bigint]> {
  const preview = await asOffice(shop.tenantId, (ctx) => previewSubscriptionChange(ctx, inputOf(wanted)))
  if (!preview.ok) throw new Error(preview.error)
  return [preview.value.net.minor, preview.value.nextBefore.minor, preview.value.nextAfter.minor]
}

async function keep(wanted: Wanted): Promise<void> {
  const asked = await asOffice(shop.tenantId, (ctx) => requestChange(ctx, inputOf(wanted)))
  if (!asked.ok) throw new Error(asked.error)
  await applyDueChanges(shop.tenantId)
}

/** Runs `month` on the first of the month after, `at`. Returns what the month that begins then has cost so far, and all before it. */
async function billedFor(month: string, at: string): Promise<string[]> {
  setClock(fixedClock(`${at}T06:00:00Z`))
  await applyDueChanges(shop.tenantId)
  await billMonth(shop.tenantId, month, `${at}T06:00:00Z`)
  return asOffice(shop.tenantId, async ({ db, tenantId }) => {
    const rows = await db.$queryRaw<{ line: string }[]>`
      select to_char(billing_period, 'MM') || ' ' || trim_scale(sum(amount))::text as line from charges
      where tenant_id = ${tenantId}::uuid and subscription_id = ${shop.subscriptionId}::uuid and billing_period >= '2026-06-01'
      group by billing_period order by billing_period`
    return rows.map(({ line }) => line)
  })
}

describe('a subscription that keeps the prices of a version', () => {
  test('pays them whatever came after, as was seen before, until it follows the newest at a renewal', async () => {
    expect(await billedFor('2026-05', '2026-06-01')).toEqual(['06 10'])
    setClock(fixedClock('2026-06-10T10:00:00Z'))
    const kept = { priceVersionId: shop.first, when: 'period-end' } as const
    expect(await previewOf(kept)).toEqual([-200n, 1200n, 1000n])
    await keep(kept)
    await billedFor('2026-06', '2026-07-01')
    expect(await billedFor('2026-07', '2026-08-01')).toEqual(['06 10', '07 10', '08 10'])

    setClock(fixedClock('2026-08-10T10:00:00Z'))
    const newest = { priceVersionId: null, when: 'period-end' } as const
    expect(await previewOf(newest)).toEqual([200n, 1000n, 1200n])
    await keep(newest)
    expect(await billedFor('2026-08', '2026-09-01')).toEqual(['06 10', '07 10', '08 10', '09 12'])
  })

  test('from the middle of a month pays each part at its price, to the cent of the preview', async () => {
    expect((await billedFor('2026-08', '2026-09-01')).at(-1)).toBe('09 12')
    setClock(fixedClock('2026-09-16T10:00:00Z'))
    const now = { priceVersionId: shop.first, when: 'now' } as const
    expect(await previewOf(now)).toEqual([-100n, 1200n, 1000n])
    await keep(now)
    expect((await billedFor('2026-09', '2026-10-01')).slice(-2)).toEqual(['09 11', '10 10'])
  })

  test('says so, and who chose it', async () => {
    setClock(fixedClock('2026-07-10T10:00:00Z'))
    await keep({ priceVersionId: shop.first, when: 'now' })
    const { subscriptionId, tenantId } = shop
    const read = await asOffice(tenantId, (ctx) => readSubscriptionDetail(ctx, { subscriptionId, language: 'en', chosenBy: 'seller' }))
    expect(read?.detail.pinned?.number).toBe(1)
    expect([read?.detail.recurring.minor, read?.choices.versions.map(({ number }) => number)]).toEqual([1000n, [2, 1]])
    const audited = await inTenant(tenantId, ({ db }) =>
      db.auditEntry.findMany({ where: { subjectId: subscriptionId }, orderBy: { id: 'asc' } }),
    )
    expect(audited.map(({ action }) => action)).toEqual(['subscription.prices-scheduled', 'subscription.prices-applied'])
  })
})

test('a buyer chooses no prices, and nobody those of a version that is not the contract’s', async () => {
  const refusal = async (wanted: Wanted) => asOffice(shop.tenantId, (ctx) => previewSubscriptionChange(ctx, inputOf(wanted)))
  const other = await buildPriceBook(shop.tenantId, [
    { feeKind: 'recurring', price: '1', productId: await buildProduct(shop.tenantId, 'Web 9') },
  ])
  expect(await refusal({ priceVersionId: shop.first, when: 'now', chosenBy: 'buyer' })).toEqual({
    ok: false,
    error: 'product-not-available',
  })
  expect(await refusal({ priceVersionId: other.priceVersionId, when: 'now' })).toEqual({ ok: false, error: 'product-not-available' })
  expect(await refusal({ priceVersionId: null, when: 'now' })).toEqual({ ok: false, error: 'nothing-changes' })
})

test.each([
  ['pinned', 'pinned', true],
  ['newest', 'newest', false],
])('an order of a plan that says %s begins so', async (policy, stored, isKept) => {
  setClock(fixedClock('2026-06-05T14:40:00Z'))
  const sold = await buildShop()
  const shopper = await buildShopper(sold)
  const { tenantId, productId } = sold
  await inTenant(tenantId, async ({ db }) => {
    const { spec } = await db.product.findUniqueOrThrow({ where: { tenantId_id: { tenantId, id: productId } } })
    await db.product.updateMany({ where: { tenantId, id: productId }, data: { spec: { ...(spec as object), pricePolicy: policy } } })
  })
  const placed = await orderWith(sold, shopper.accountId, [])
  if (!placed.ok) throw new Error(placed.error)
  const { orderId } = placed.value
  const subscriptionId = await asOffice(tenantId, async (ctx) => {
    const attached = await attachOrder(ctx, {
      orderId,
      server: { cloudRef: orderId, externalId: orderId, state: 'running', address: null },
    })
    await activateOrder(ctx, orderId, { address: null, startedAt: ctx.now })
    return attached.subscriptionId
  })
  const [item, version, subscription] = await inTenant(tenantId, async ({ db }) => [
    await db.subscriptionItem.findFirstOrThrow({ where: { tenantId, subscriptionId } }),
    await db.priceVersion.findFirstOrThrow({ where: { tenantId, priceBookId: sold.priceBookId } }),
    await db.subscription.findFirstOrThrow({ where: { tenantId, id: subscriptionId } }),
  ])
  expect([subscription.pricePolicy, item.priceVersionId]).toEqual([stored, isKept ? version.id : null])
})
