import { createHash } from 'node:crypto'
import { insertPriceRules, type NewPriceRule } from '#app/db/catalog/price-rules.server.ts'
import { readFinalisedInvoice } from '#app/db/documents/finalised-invoices.server.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { readPriceModel } from '#app/domain/pricing/models/registry.ts'
import { plainRule, type RuleModel } from '#app/domain/pricing/price-rule.ts'
import { documentRenderer, pageOfInvoice } from '#app/wiring.server.ts'
import { invoicesOf } from './billing.ts'
import { asOffice } from './builders.ts'
import { buildReseller, buildSeller, reported, type Seller } from './usage.ts'

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
export async function sellOnTwoLevels() {
  if (!graduated.ok) throw new Error('the price is wrong')
  const provider = await buildSeller([])
  await priceTraffic(provider, { model: graduated.value as RuleModel, unitPrice: new Decimal('0.10') })
  const reseller = await buildReseller(provider, [])
  await priceTraffic(reseller, { unitPrice: new Decimal('0.20'), included: new Decimal(50), cap: new Decimal(15) })
  return { provider, reseller }
}

/** So many GB sent in one hour of a day. */
export const sent = (gb: number, day: string, hour = 0) =>
  reported({
    quantity: `${gb}000000000`,
    windowStart: new Date(`${day}T${String(hour).padStart(2, '0')}:00:00Z`),
    windowEnd: new Date(`${day}T${String(hour + 1).padStart(2, '0')}:00:00Z`),
  })

/** The hash of an invoice's PDF as it is rendered now. */
export async function pdfHashOf({ tenantId }: Seller, invoiceId: string): Promise<string> {
  const stored = await asOffice(tenantId, (ctx) => readFinalisedInvoice(ctx, invoiceId))
  if (!stored) throw new Error('there is no such invoice')
  const bytes = await documentRenderer().renderInvoice(await pageOfInvoice(stored.invoice))
  return createHash('sha256').update(bytes).digest('hex')
}

/** What the lines of an invoice come to in cents, by the month and day their usage begins. */
export async function lineTotals({ tenantId }: Seller, index: number) {
  const totals = new Map<string, bigint>()
  const invoice = (await invoicesOf(tenantId))[index]
  for (const line of invoice?.sections.flatMap((section) => section.lines) ?? []) {
    const key = `${line.subject.billingPeriod} from ${line.periodStart.toISOString().slice(0, 10)}`
    totals.set(key, (totals.get(key) ?? 0n) + line.net.minor)
  }
  return [...totals].sort()
}
