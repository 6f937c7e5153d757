import { afterEach, describe, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { changePrices, type PriceChangeInput } from '#app/services/pricing/change-prices.server.ts'
import { previewPriceChange } from '#app/services/pricing/preview-price-change.server.ts'
import { correctVersion, publishVersion } from '#app/services/pricing/publish-version.server.ts'
import { billMonth, invoicesOf } from '#tests/support/billing.ts'
import {
  asOffice,
  buildAccount,
  buildContract,
  buildPriceBook,
  buildProduct,
  buildSubscription,
  buildTenant,
} from '#tests/support/builders.ts'
import { bill, buildCloud, buildMapping, reported } from '#tests/support/usage.ts'
import { chargesOf } from '#tests/support/usage-facts.ts'

afterEach(() => setClock())

const inMay = '2026-05-20T09:00:00Z'
/** Midnight of 1 July in Berlin. */
const firstOfJuly = new Date('2026-06-30T22:00:00Z')
const everything = { feeKinds: [], productGroup: null, productIds: [], meters: [] } as const

function rise(priceBookIds: readonly string[], changes: Partial<PriceChangeInput> = {}): PriceChangeInput {
  const shift = { method: 'percent', percent: new Decimal('4.5') } as const
  return { priceBookIds, filter: everything, shift, rounding: 'ending-90', validFrom: firstOfJuly, note: 'Yearly rise', ...changes }
}

/** A seller with the plan "Web 1" in euros and in yen, and one customer for each. */
async function sellInTwoCurrencies() {
  setClock(fixedClock(inMay))
  const tenantId = await buildTenant()
  const cloudRef = await buildCloud(tenantId)
  const productId = await buildProduct(tenantId)
  const sell = async (currency: string, price: string, ref: string) => {
    const accountId = await buildAccount(tenantId, { name: `Buyer in ${currency}` })
    const book = await buildPriceBook(
      tenantId,
      [
        { feeKind: 'recurring', price, productId },
        { feeKind: 'usage', price: '0.10', meter: 'traffic.sent' },
      ],
      currency,
    )
    const contractId = await buildContract(tenantId, { accountId, priceBookId: book.priceBookId, currency })
    await buildSubscription(tenantId, { accountId, contractId, productId, startedAt: '2026-04-30T22:00:00Z' })
    await buildMapping(tenantId, { cloudRef, accountId, ref })
    return { ...book, accountId, contractId }
  }
  return { tenantId, cloudRef, productId, euro: await sell('EUR', '19.90', 'acc-1'), yen: await sell('JPY', '2980', 'acc-2') }
}

function month(current: bigint, next: bigint, currency = 'EUR') {
  return { current: { minor: current, currency }, next: { minor: next, currency } }
}

describe('prices rise by 4.5 %, rounded to .90, in all currencies at once', () => {
  test('the preview says what each subscriber pays afterwards, and a sum per currency', async () => {
    const { tenantId, euro, yen } = await sellInTwoCurrencies()
    const preview = await asOffice(tenantId, (ctx) => previewPriceChange(ctx, rise([euro.priceBookId, yen.priceBookId])))

    expect(preview.ok && preview.value.totals).toEqual([
      { currency: 'EUR', affected: 1, fees: month(1990n, 2090n, 'EUR'), usage: month(0n, 0n, 'EUR') },
      { currency: 'JPY', affected: 1, fees: month(2980n, 3114n, 'JPY'), usage: month(0n, 0n, 'JPY') },
    ])
    expect(preview.ok && [preview.value.affected, preview.value.unaffected, preview.value.pinned]).toEqual([2, 0, 0])
    expect(preview.ok && preview.value.books.map((book) => book.rules.map(({ next }) => next.unitPrice.toFixed()))).toEqual([
      ['20.9', '0.1045'],
      ['3114', '0.1045'],
    ])
  })

  test('June is billed at the old price and July at the new one', async () => {
    const { tenantId, euro, yen } = await sellInTwoCurrencies()
    const changed = await asOffice(tenantId, (ctx) => changePrices(ctx, rise([euro.priceBookId, yen.priceBookId])))
    expect(changed.ok && changed.value.priceVersionIds.length).toBe(2)

    await billMonth(tenantId, '2026-06', '2026-07-01T06:00:00Z')
    await billMonth(tenantId, '2026-07', '2026-08-01T06:00:00Z')

    const invoices = await invoicesOf(tenantId)
    const nets = (currency: string) => invoices.filter(({ net }) => net.currency === currency).map(({ net }) => net.minor)
    expect(nets('EUR')).toEqual([1990n, 2090n])
    expect(nets('JPY')).toEqual([2980n, 3114n])
  })

  test('usage of June that arrives in July is still rated at the price of June', async () => {
    const { tenantId, cloudRef, euro, yen } = await sellInTwoCurrencies()
    await asOffice(tenantId, (ctx) => changePrices(ctx, rise([euro.priceBookId, yen.priceBookId], { rounding: 'none' })))
    setClock(fixedClock('2026-07-03T06:00:00Z'))
    const on = (day: string) => ({ windowStart: new Date(`${day}T00:00:00Z`), windowEnd: new Date(`${day}T12:00:00Z`) })

    await bill({ tenantId, cloudRef }, [reported({ quantity: '10000000000', ...on('2026-07-02') })])
    await bill({ tenantId, cloudRef }, [reported({ quantity: '10000000000', ...on('2026-06-30') })])

    expect((await chargesOf(tenantId)).map((charge) => [charge.billingPeriod, charge.amount])).toEqual([
      ['2026-07-01', '1.045'],
      ['2026-06-01', '1'],
    ])
  })

  test('only the prices the filter names move', async () => {
    const { tenantId, euro } = await sellInTwoCurrencies()
    const filter = { ...everything, feeKinds: ['usage'] as const }
    const preview = await asOffice(tenantId, (ctx) => previewPriceChange(ctx, rise([euro.priceBookId], { filter })))
    expect(preview.ok && [preview.value.affected, preview.value.unaffected]).toEqual([0, 2])
    expect(preview.ok && preview.value.books[0]?.rules.map(({ former }) => former.meter)).toEqual(['traffic.sent'])
  })

  test('whoever pins a version keeps its price', async () => {
    const { tenantId, euro, yen } = await sellInTwoCurrencies()
    await asOffice(tenantId, async ({ db }) => {
      const where = { tenantId, contractId: euro.contractId }
      await db.subscription.updateMany({ where, data: { pricePolicy: 'pinned' } })
      await db.subscriptionItem.updateMany({
        where: { tenantId, accountId: euro.accountId },
        data: { priceVersionId: euro.priceVersionId },
      })
    })
    const preview = await asOffice(tenantId, (ctx) => previewPriceChange(ctx, rise([euro.priceBookId, yen.priceBookId])))
    expect(preview.ok && [preview.value.affected, preview.value.pinned]).toEqual([1, 1])
  })

  test.each([
    ['no-book', rise([])],
    ['starts-in-the-past', rise(['book'], { validFrom: new Date('2026-05-01T00:00:00Z') })],
    ['nothing-changes', rise(['book'], { shift: { method: 'percent', percent: new Decimal(0) } })],
    ['amount-missing', rise(['book'], { shift: { method: 'amount', amounts: { USD: new Decimal(1) } } })],
    ['negative-price', rise(['book'], { rounding: 'none', shift: { method: 'amount', amounts: { EUR: new Decimal(-30) } } })],
  ])('%s is refused and nothing is published', async (code, change) => {
    const { tenantId, euro } = await sellInTwoCurrencies()
    const input = { ...change, priceBookIds: change.priceBookIds.map(() => euro.priceBookId) }
    expect(await asOffice(tenantId, (ctx) => changePrices(ctx, input))).toEqual({ ok: false, error: code })
    expect(await asOffice(tenantId, ({ db }) => db.priceVersion.count({ where: { tenantId } }))).toBe(2)
  })
})

describe('what usage will cost is estimated from the last full month', () => {
  const doubled = { filter: { ...everything, feeKinds: ['usage'] as const }, rounding: 'none' as const }
  const twice = (book: string) => rise([book], { ...doubled, shift: { method: 'percent', percent: new Decimal(100) } })
  const inApril = { windowStart: new Date('2026-04-10T00:00:00Z'), windowEnd: new Date('2026-04-11T00:00:00Z') }

  test('for each subscription apart from its fees, and for what was used without one', async () => {
    const { tenantId, cloudRef, euro } = await sellInTwoCurrencies()
    await bill({ tenantId, cloudRef }, [reported({ quantity: '30000000000', ...inApril })])
    const charged = await chargesOf(tenantId)
    expect(charged.map(({ amount }) => amount)).toEqual(['3'])

    const preview = await asOffice(tenantId, (ctx) => previewPriceChange(ctx, twice(euro.priceBookId)))
    expect(preview.ok && preview.value.movesUsage).toBe(true)
    expect(preview.ok && preview.value.totals).toEqual([{ currency: 'EUR', affected: 1, fees: month(0n, 0n), usage: month(300n, 600n) }])
    expect(preview.ok && preview.value.subscribers.map(({ accountName, name }) => [accountName, name])).toEqual([['Buyer in EUR', null]])
  })

  test('not from the month that runs', async () => {
    const { tenantId, cloudRef, euro } = await sellInTwoCurrencies()
    const inMayNow = { windowStart: new Date('2026-05-10T00:00:00Z'), windowEnd: new Date('2026-05-11T00:00:00Z') }
    await bill({ tenantId, cloudRef }, [reported({ quantity: '30000000000', ...inMayNow })])
    const preview = await asOffice(tenantId, (ctx) => previewPriceChange(ctx, twice(euro.priceBookId)))
    expect(preview.ok && preview.value.totals).toEqual([])
  })

  test('and not at all when only fees move', async () => {
    const { tenantId, cloudRef, euro } = await sellInTwoCurrencies()
    await bill({ tenantId, cloudRef }, [reported({ quantity: '30000000000', ...inApril })])
    const filter = { ...everything, feeKinds: ['recurring'] as const }
    const preview = await asOffice(tenantId, (ctx) => previewPriceChange(ctx, rise([euro.priceBookId], { filter })))
    expect(preview.ok && preview.value.totals).toEqual([{ currency: 'EUR', affected: 1, fees: month(1990n, 2090n), usage: null }])
  })
})

describe('versions of one book', () => {
  test('a version that overlaps another, or has no duration, is refused with its code', async () => {
    const { tenantId, euro } = await sellInTwoCurrencies()
    const publish = (validFrom: Date) =>
      asOffice(tenantId, (ctx) => publishVersion(ctx, { priceBookId: euro.priceBookId, validFrom, note: null, change: (rule) => rule }))
    expect((await publish(firstOfJuly)).ok).toBe(true)
    expect(await publish(firstOfJuly)).toEqual({ ok: false, error: 'empty-version' })
    expect(await publish(new Date('2026-06-15T00:00:00Z'))).toEqual({ ok: false, error: 'version-overlap' })
  })

  test('a corrected version prices the whole span of the wrong one, which prices nothing any more', async () => {
    const { tenantId, cloudRef, euro } = await sellInTwoCurrencies()
    const corrected = await asOffice(tenantId, (ctx) =>
      correctVersion(ctx, {
        priceVersionId: euro.priceVersionId,
        note: 'Traffic was typed ten times too high',
        change: (rule) => (rule.meter ? { ...rule, unitPrice: new Decimal('0.01') } : rule),
      }),
    )
    expect(corrected.ok).toBe(true)
    setClock(fixedClock('2026-06-12T06:00:00Z'))
    await bill({ tenantId, cloudRef }, [reported({ quantity: '10000000000' })])
    expect((await chargesOf(tenantId)).map((charge) => charge.amount)).toEqual(['0.1'])

    const again = await asOffice(tenantId, (ctx) =>
      correctVersion(ctx, { priceVersionId: euro.priceVersionId, note: null, change: (rule) => rule }),
    )
    expect(again).toEqual({ ok: false, error: 'version-withdrawn' })
  })
})
