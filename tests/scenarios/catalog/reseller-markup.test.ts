import { v7 } from 'uuid'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import type { NewMarkup } from '#app/db/catalog/markup.server.ts'
import { readOpenChanges, readParentOffers } from '#app/db/catalog/parent-offers.server.ts'
import { readVersionRules, readVersions } from '#app/db/catalog/price-versions.server.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { readKnownRate } from '#app/reports/margins/known-rate.server.ts'
import { readMarginRows } from '#app/reports/margins/query.server.ts'
import { enterExchangeRate } from '#app/services/exchange-rates/enter-exchange-rate.server.ts'
import { applyMarkup } from '#app/services/offers/apply-markup.server.ts'
import { withdrawPlans } from '#app/services/offers/delegate-plans.server.ts'
import { importOffers } from '#app/services/offers/import-offers.server.ts'
import { previewPrices } from '#app/services/offers/preview-prices.server.ts'
import { resolveChanges } from '#app/services/offers/resolve-changes.server.ts'
import { saveMarkup } from '#app/services/offers/save-markup.server.ts'
import { setPrices } from '#app/services/offers/set-prices.server.ts'
import { publishVersion } from '#app/services/pricing/publish-version.server.ts'
import { setPriceTax } from '#app/services/tax/set-price-tax.server.ts'
import { billMonth, invoicesOf } from '#tests/support/billing.ts'
import { asOffice, buildAccount, buildCharges, buildContract, buildSubscription } from '#tests/support/builders.ts'
import { buildParentAndChild, delegateAll, type OfferedTo, publishAll, sellBook } from '#tests/support/offers.ts'

const inMay = '2026-05-20T09:00:00Z'
/** Midnight of 1 June and of 1 August where the reseller is. */
const firstOfJune = new Date('2026-05-31T22:00:00Z')
const firstOfAugust = new Date('2026-07-31T22:00:00Z')

const fortyPercent: NewMarkup = {
  productId: null,
  productGroup: null,
  feeKind: null,
  method: 'percent',
  rate: new Decimal('0.4'),
  amount: null,
  rounding: 'up-90',
  floor: null,
  exchange: { from: 'EUR', rate: new Decimal('0.94'), source: 'typed in', date: '2026-06-05' },
}

let sold: OfferedTo
let book: string
beforeEach(async () => {
  setClock(fixedClock(inMay))
  sold = await buildParentAndChild(`lake-${v7().slice(-12)}`)
  book = await sellBook(sold.child)
})
afterEach(() => setClock())

const openChanges = () => asOffice(sold.child, (ctx) => readOpenChanges(ctx))
const kinds = async () => (await openChanges()).map(({ kind }) => kind)
const offers = () => asOffice(sold.child, readParentOffers)
const raiseBuyPrice = (price: string, validFrom: Date) =>
  asOffice(sold.provider, (ctx) =>
    publishVersion(ctx, {
      priceBookId: sold.buyBook.priceBookId,
      validFrom,
      note: null,
      change: (rule) => (rule.productId === sold.web1 && rule.feeKind === 'recurring' ? { ...rule, unitPrice: new Decimal(price) } : rule),
    }),
  )

async function importAll(): Promise<ReadonlyMap<string, string>> {
  const saved = await asOffice(sold.child, (ctx) => saveMarkup(ctx, { priceBookId: book, rules: [fortyPercent] }))
  if (!saved.ok) throw new Error(saved.error)
  const offerIds = (await offers()).map(({ id }) => id)
  const imported = await asOffice(sold.child, (ctx) =>
    importOffers(ctx, { offerIds, priceBookId: book, validFrom: firstOfJune, reason: null }),
  )
  if (!imported.ok) throw new Error(imported.error)
  return new Map((await offers()).map(({ parentProductId, productId }) => [parentProductId, productId ?? '']))
}

async function sellPrices(): Promise<Record<string, string>> {
  return asOffice(sold.child, async (ctx) => {
    const versions = await readVersions(ctx, [book])
    const rules = await readVersionRules(ctx, [versions.at(-1)?.id ?? ''])
    return Object.fromEntries(rules.map((rule) => [`${rule.feeKind} ${rule.productId}`, rule.unitPrice.toFixed()]))
  })
}

describe('what a parent delegates', () => {
  test('arrives in the child as offers at the child’s own buy prices, once', async () => {
    await delegateAll(sold)
    expect(await publishAll(sold.provider)).toBe(2)
    expect(await publishAll(sold.provider)).toBe(0)
    expect((await offers()).map(({ currency, fees }) => [currency, fees.map((fee) => fee.unitPrice.toFixed()).sort()])).toEqual([
      ['EUR', ['0.1', '17.1']],
      ['EUR', ['71.1']],
    ])
    expect(await kinds()).toEqual(['new', 'new'])
  })

  test('goes and comes back as news, and can be hidden and shown with it', async () => {
    await delegateAll(sold)
    await publishAll(sold.provider)
    const products = await importAll()
    await asOffice(sold.provider, (ctx) => withdrawPlans(ctx, { accountId: sold.accountId, productIds: [sold.web1] }))
    await publishAll(sold.provider)
    expect(await kinds()).toEqual(['withdrawn'])

    const changeIds = (await openChanges()).map(({ id }) => id)
    await asOffice(sold.child, (ctx) => resolveChanges(ctx, { changeIds, follow: true }))
    const product = await asOffice(sold.child, ({ db, tenantId }) =>
      db.product.findUniqueOrThrow({ where: { tenantId_id: { tenantId, id: products.get(sold.web1) ?? '' } }, select: { status: true } }),
    )
    expect([product.status, await kinds()]).toEqual(['hidden', []])

    await delegateAll(sold)
    await publishAll(sold.provider)
    expect(await kinds()).toEqual(['returned'])
  })

  test('carries nothing of another reseller', async () => {
    const other = await buildParentAndChild(`other-${v7().slice(-12)}`)
    await delegateAll(sold)
    await publishAll(sold.provider)
    await publishAll(other.provider)
    expect(await asOffice(other.child, readParentOffers)).toEqual([])
  })
})

describe('a reseller that buys in euros and sells in francs with 40 %, up to the next .90', () => {
  test('sells Web 1 at 22.90 and Web 2 at 93.90, and the prices say what they were made of', async () => {
    await delegateAll(sold)
    await publishAll(sold.provider)
    const products = await importAll()
    expect(await sellPrices()).toEqual({
      [`recurring ${products.get(sold.web1)}`]: '22.9',
      [`recurring ${products.get(sold.web2)}`]: '93.9',
      [`usage ${products.get(sold.web1)}`]: '0.1316',
    })
    const basis = await asOffice(sold.child, async (ctx) => {
      const [version] = await readVersions(ctx, [book])
      const rules = await readVersionRules(ctx, [version?.id ?? ''])
      return rules.find((rule) => rule.productId === products.get(sold.web2))?.basis
    })
    expect(basis).toEqual({
      buyPrice: '71.1',
      buyCurrency: 'EUR',
      markup: { method: 'percent', rate: '0.4', rounding: 'up-90' },
      exchange: { from: 'EUR', rate: '0.94', source: 'typed in', date: '2026-06-05' },
    })
  })

  test('is offered the newest rate it knows, with source and day, and sells at 22.90 and 93.90 by it', async () => {
    const known = () => asOffice(sold.child, (ctx) => readKnownRate(ctx, { buyCurrency: 'EUR', sellCurrency: 'CHF', today: '2026-06-05' }))
    expect(await known()).toBeNull()
    const enter = (rate: string, date: string) =>
      asOffice(sold.child, (ctx) =>
        enterExchangeRate(ctx, {
          rate: { base: 'EUR', quote: 'CHF', rate: new Decimal(rate), source: 'typed in', date },
          today: '2026-06-05',
        }),
      )
    await enter('0.95', '2026-05-04')
    await enter('0.94', '2026-06-05')
    expect(await known()).toEqual({ rate: '0.94', source: 'typed in', date: '2026-06-05' })

    await delegateAll(sold)
    await publishAll(sold.provider)
    const products = await importAll()
    const rows = (await asOffice(sold.child, (ctx) => readMarginRows(ctx, { priceBookId: book, at: firstOfJune })))?.rows ?? []
    const monthly = rows.filter(({ feeKind }) => feeKind === 'recurring')
    // 17.10 x 0.94 x 1.40 is 22.5036, 71.10 x 0.94 x 1.40 is 93.5676: each goes up to the next .90.
    expect(monthly.map(({ productId, buy, bought, sell }) => [productId, buy?.price, bought, sell])).toEqual([
      [products.get(sold.web1), '17.1', '16.074', '22.9'],
      [products.get(sold.web2), '71.1', '66.834', '93.9'],
    ])
    const marginsOf = async () => {
      const read = await asOffice(sold.child, (ctx) => readMarginRows(ctx, { priceBookId: book, at: firstOfJune }))
      return read?.rows.filter(({ feeKind }) => feeKind === 'recurring').map(({ margin }) => margin?.amount)
    }
    expect(await marginsOf()).toEqual(['6.826', '27.066'])
    // A price that includes tax leaves what the tax leaves: 22.90 and 93.90 less what 8.1 % are in them.
    await asOffice(sold.child, async (ctx) => {
      await ctx.db.$executeRaw`update tenants set country = 'CH', vat_id = 'CHE123456788' where tenant_id = ${ctx.tenantId}::uuid`
      await setPriceTax(ctx, { priceBookId: book, behaviour: 'inclusive' })
    })
    expect(await marginsOf()).toEqual(['5.110088807', '20.030014801'])
  })

  test('may not go below its buy price without a reason, nor outside the range of its parent with one', async () => {
    await delegateAll(sold, { floor: '15', ceiling: '100' })
    await publishAll(sold.provider)
    const products = await importAll()
    const price = (text: string, reason: string | null) =>
      asOffice(sold.child, (ctx) =>
        setPrices(ctx, {
          priceBookId: book,
          validFrom: firstOfAugust,
          reason,
          note: null,
          lines: [
            {
              productId: products.get(sold.web1) ?? '',
              fee: { feeKind: 'recurring', meter: null, match: {} },
              pricing: { method: 'own', unitPrice: new Decimal(text), cap: null },
            },
          ],
        }),
      )
    expect(await price('16.00', null)).toEqual({
      ok: false,
      error: 'refused',
      problems: [{ index: 0, field: 'price', problem: 'below-buy' }],
    })
    expect(await price('14.09', 'loss leader')).toMatchObject({ ok: false, problems: [{ problem: 'below-range' }] })
    expect(await price('94.01', 'luxury')).toMatchObject({ ok: false, problems: [{ problem: 'above-range' }] })
    expect(await price('16.00', 'loss leader')).toMatchObject({ ok: true })
    const logged = await asOffice(sold.child, ({ db, tenantId }) =>
      db.auditEntry.findMany({ where: { tenantId, action: 'price.overridden' }, select: { detail: true } }),
    )
    expect(logged.map(({ detail }) => detail)).toMatchObject([{ price: '16', problems: ['below-buy'], reason: 'loss leader' }])
  })
})

describe('what new prices will mean for customers', () => {
  const francs = (current: bigint, next: bigint) => ({
    current: { minor: current, currency: 'CHF' },
    next: { minor: next, currency: 'CHF' },
  })
  const monthly = { feeKind: 'recurring', meter: null, match: {} } as const
  const traffic = { feeKind: 'usage', meter: 'traffic.sent', match: {} } as const
  const typed = (productId: string, fee: typeof monthly | typeof traffic, price: string) =>
    ({ productId, fee, pricing: { method: 'own', unitPrice: new Decimal(price), cap: null } }) as const
  const preview = (lines: readonly ReturnType<typeof typed>[]) =>
    asOffice(sold.child, (ctx) => previewPrices(ctx, { priceBookId: book, validFrom: firstOfAugust, reason: null, note: null, lines }))

  /** Praxis Keller has Web 1 with 100 GB in it and sent 130 GB in June, at 0.1316 a GB; it is the third of July. */
  async function sellToKeller(): Promise<string> {
    await delegateAll(sold)
    await publishAll(sold.provider)
    const web1 = (await importAll()).get(sold.web1) ?? ''
    const accountId = await buildAccount(sold.child, { name: 'Praxis Keller AG', country: 'AT' })
    const contractId = await buildContract(sold.child, { accountId, priceBookId: book, currency: 'CHF' })
    const subscriptionId = await buildSubscription(sold.child, {
      accountId,
      contractId,
      productId: web1,
      startedAt: firstOfJune.toISOString(),
    })
    const [rule] = await asOffice(sold.child, ({ db, tenantId }) =>
      db.priceRule.findMany({ where: { tenantId, productId: web1, feeKind: 'usage' }, select: { id: true, priceVersionId: true } }),
    )
    if (!rule) throw new Error('Web 1 has no price of traffic')
    const prices = { priceRuleId: rule.id, priceVersionId: rule.priceVersionId }
    const used = { quantity: '130', billed: '30', amount: '3.948', currency: 'CHF', billingPeriod: '2026-06-01' }
    await buildCharges(sold.child, [{ accountId, contractId, subscriptionId, ...prices, ...used }])
    setClock(fixedClock('2026-07-03T06:00:00Z'))
    return web1
  }

  test('usage counts with what the last full month would cost, apart from the fees', async () => {
    const web1 = await sellToKeller()
    const effect = await preview([typed(web1, monthly, '24.90'), typed(web1, traffic, '0.20')])
    expect(effect).toMatchObject({ ok: true, value: { lines: 2, affected: 1, movesUsage: true } })
    expect(effect.ok && effect.value.totals).toEqual([
      { currency: 'CHF', affected: 1, fees: francs(2290n, 2490n), usage: francs(395n, 600n) },
    ])
  })

  test('usage is left out where its prices stay', async () => {
    const web1 = await sellToKeller()
    const effect = await preview([typed(web1, monthly, '24.90')])
    expect(effect).toMatchObject({ ok: true, value: { lines: 1, affected: 1, movesUsage: false } })
    expect(effect.ok && effect.value.totals).toEqual([{ currency: 'CHF', affected: 1, fees: francs(2290n, 2490n), usage: null }])
  })
})

describe('a reseller’s mark-up follows a price change of its parent', () => {
  test('once it is applied again: the old month at the old price, the new one at the new price', async () => {
    await delegateAll(sold)
    await publishAll(sold.provider)
    const products = await importAll()
    const web1 = products.get(sold.web1) ?? ''
    const accountId = await buildAccount(sold.child, { name: 'Praxis Keller AG', country: 'AT' })
    const contractId = await buildContract(sold.child, { accountId, priceBookId: book, currency: 'CHF' })
    await buildSubscription(sold.child, { accountId, contractId, productId: web1, startedAt: firstOfJune.toISOString() })

    setClock(fixedClock('2026-06-20T09:00:00Z'))
    await raiseBuyPrice('18.90', firstOfAugust)
    await publishAll(sold.provider)
    expect((await openChanges()).map(({ kind, effectiveAt }) => [kind, effectiveAt])).toEqual([['price', firstOfAugust]])
    expect((await sellPrices())[`recurring ${web1}`]).toBe('22.9')

    const applied = await asOffice(sold.child, (ctx) =>
      applyMarkup(ctx, { priceBookId: book, validFrom: firstOfAugust, productIds: null, reason: null, note: 'Parent raised' }),
    )
    expect(applied.ok && applied.value.lines).toBe(3)
    expect(await kinds()).toEqual([])

    await billMonth(sold.child, '2026-07', '2026-08-01T06:00:00Z')
    await billMonth(sold.child, '2026-08', '2026-09-01T06:00:00Z')
    const invoices = await invoicesOf(sold.child)
    expect(invoices.map((invoice) => invoice.net.minor)).toEqual([2290n, 2490n])
  })

  test('is no news twice, and none for a date that is taken back', async () => {
    await delegateAll(sold)
    await publishAll(sold.provider)
    await importAll()
    await raiseBuyPrice('18.90', firstOfAugust)
    expect(await publishAll(sold.provider)).toBe(1)
    expect(await publishAll(sold.provider)).toBe(0)
  })
})
