import { createHash } from 'node:crypto'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { readFinalisedInvoice } from '#app/db/finalised-invoices.server.ts'
import { insertPriceRules, type NewPriceRule } from '#app/db/price-rules.server.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { readPriceModel } from '#app/domain/pricing/models/registry.ts'
import { plainRule, type RuleModel } from '#app/domain/pricing/price-rule.ts'
import { closeAdapters, documentRenderer, pageOfInvoice } from '#app/wiring.server.ts'
import { billMonth, invoicesOf } from '#tests/support/billing.ts'
import { asOffice } from '#tests/support/builders.ts'
import { bill, buildReseller, buildSeller, reported, type Seller } from '#tests/support/usage.ts'
import { totalOf } from '#tests/support/usage-facts.ts'

afterEach(() => setClock())
afterAll(closeAdapters)

const firstOfJuly = '2026-07-01T08:00:00Z'
const firstOfAugust = '2026-08-01T08:00:00Z'

type Price = Partial<Pick<NewPriceRule, 'unitPrice' | 'included' | 'cap' | 'model'>>

/** Traffic at a price of its own. */
async function priceTraffic({ tenantId, priceBookId }: Seller, price: Price): Promise<void> {
  const validFrom = new Date('2026-01-01T00:00:00Z')
  const facts = { id: '', priceVersionId: '', feeKind: 'usage', productId: null, meter: 'traffic.sent', unit: 'GB', validFrom } as const
  await asOffice(tenantId, async (ctx) => {
    const version = await ctx.db.priceVersion.findFirstOrThrow({ where: { tenantId, priceBookId } })
    const rule = plainRule({ ...facts, unitPrice: new Decimal(0), ...price })
    await insertPriceRules(ctx, { priceVersionId: version.id, isPublic: false, rules: [rule] })
  })
}

const graduated = readPriceModel('graduated', {
  tiers: [
    { upTo: '100', unitPrice: '0.10' },
    { upTo: null, unitPrice: '0.05' },
  ],
})

/** 0.10 a GB up to 100 GB and 0.05 above, bought by a reseller that gives 50 GB free, takes 0.20 a GB and at most 15.00. */
async function sellOnTwoLevels() {
  if (!graduated.ok) throw new Error('the price is wrong')
  const provider = await buildSeller([])
  await priceTraffic(provider, { model: graduated.value as RuleModel, unitPrice: new Decimal('0.10') })
  const reseller = await buildReseller(provider, [])
  await priceTraffic(reseller, { unitPrice: new Decimal('0.20'), included: new Decimal(50), cap: new Decimal(15) })
  return { provider, reseller }
}

const sent = (gb: number, day: string, hour = 0) =>
  reported({
    quantity: `${gb}000000000`,
    windowStart: new Date(`${day}T${String(hour).padStart(2, '0')}:00:00Z`),
    windowEnd: new Date(`${day}T${String(hour + 1).padStart(2, '0')}:00:00Z`),
  })

async function pdfHashOf({ tenantId }: Seller, invoiceId: string): Promise<string> {
  const stored = await asOffice(tenantId, (ctx) => readFinalisedInvoice(ctx, invoiceId))
  if (!stored) throw new Error('there is no such invoice')
  const bytes = await documentRenderer().renderInvoice(await pageOfInvoice(stored.invoice))
  return createHash('sha256').update(bytes).digest('hex')
}

/** What the lines of an invoice come to in cents, by the month and day their usage begins. */
async function lineTotals({ tenantId }: Seller, index: number) {
  const totals = new Map<string, bigint>()
  const invoice = (await invoicesOf(tenantId))[index]
  for (const line of invoice?.sections.flatMap((section) => section.lines) ?? []) {
    const key = `${line.subject.billingPeriod} from ${line.periodStart.toISOString().slice(0, 10)}`
    totals.set(key, (totals.get(key) ?? 0n) + line.net.minor)
  }
  return [...totals].sort()
}

describe('usage that arrives after the invoice of its month was finalised', () => {
  test('is a difference to the cent on the next invoice of each level, with its own month, and the closed one stays', async () => {
    const { provider, reseller } = await sellOnTwoLevels()
    setClock(fixedClock('2026-06-29T06:00:00Z'))
    await bill(provider, [sent(80, '2026-06-10')])
    for (const level of [provider, reseller]) await billMonth(level.tenantId, '2026-06', firstOfJuly)
    const before = [(await invoicesOf(provider.tenantId))[0], (await invoicesOf(reseller.tenantId))[0]] as const
    expect(before.map((invoice) => invoice?.net.minor)).toEqual([800n, 600n])
    const hashes = [await pdfHashOf(provider, before[0]?.id ?? ''), await pdfHashOf(reseller, before[1]?.id ?? '')]

    setClock(fixedClock('2026-07-03T06:00:00Z'))
    await bill(provider, [sent(60, '2026-06-28')])
    await bill(provider, [sent(10, '2026-07-02')])
    expect([await totalOf(provider.tenantId), await totalOf(reseller.tenantId)]).toEqual(['13 EUR', '15 EUR'])
    for (const level of [provider, reseller]) await billMonth(level.tenantId, '2026-07', firstOfAugust)

    // 140 GB of June: 10.00 for the first 100, 2.00 for the rest; 8.00 of it stood on the invoice of June.
    expect(await lineTotals(provider, 1)).toEqual([
      ['2026-06-01 from 2026-06-28', 400n],
      ['2026-07-01 from 2026-07-02', 100n],
    ])
    // 90 GB above the allowance would be 18.00, the cap makes 15.00 of it; 6.00 of it stood on the invoice of June.
    expect(await lineTotals(reseller, 1)).toEqual([
      ['2026-06-01 from 2026-06-28', 900n],
      ['2026-07-01 from 2026-07-02', 0n],
    ])
    const after = [(await invoicesOf(provider.tenantId))[0], (await invoicesOf(reseller.tenantId))[0]] as const
    expect(after.map((invoice) => invoice?.contentHash)).toEqual(before.map((invoice) => invoice?.contentHash))
    expect([await pdfHashOf(provider, after[0]?.id ?? ''), await pdfHashOf(reseller, after[1]?.id ?? '')]).toEqual(hashes)
  })

  test('and is then corrected again, gives back what it had cost in tier and cap', async () => {
    const { provider, reseller } = await sellOnTwoLevels()
    setClock(fixedClock('2026-06-29T06:00:00Z'))
    await bill(provider, [sent(80, '2026-06-10'), sent(10, '2026-06-12')])
    for (const level of [provider, reseller]) await billMonth(level.tenantId, '2026-06', firstOfJuly)
    setClock(fixedClock('2026-07-03T06:00:00Z'))
    await bill(provider, [sent(130, '2026-06-10')])
    await bill(provider, [sent(135, '2026-06-10')])
    expect([await totalOf(provider.tenantId), await totalOf(reseller.tenantId)]).toEqual(['12.25 EUR', '15 EUR'])
    for (const level of [provider, reseller]) await billMonth(level.tenantId, '2026-07', firstOfAugust)
    const nets = async ({ tenantId }: Seller) => (await invoicesOf(tenantId)).map(({ net }) => net.minor)
    expect([await nets(provider), await nets(reseller)]).toEqual([
      [900n, 325n],
      [800n, 700n],
    ])
  })
})
