import { inTenant, type TenantContext } from '#app/db/context.server.ts'
import { readFinalisedInvoice } from '#app/db/documents/finalised-invoices.server.ts'
import { type Examined, idsAtMost } from '#app/db/invariants/examined.server.ts'
import { chargesOfLines, type LineCharges, ratedOtherwise, type SampledInvoice, sampleInvoices } from '#app/db/invariants/rerun.server.ts'
import type { TenantRow } from '#app/db/sellers/tenants.server.ts'
import type { FinalisedInvoice, FinalisedLine } from '#app/domain/invoice/finalised-invoice.ts'
import { lineAmount } from '#app/domain/invoice/invoice-line.ts'
import { netsOf } from '#app/domain/invoice/net-amounts.ts'
import { type Money, sum } from '#app/domain/money/money.ts'
import type { TaxCategory, TaxReason, TaxTreatment } from '#app/domain/tax/determine-tax.ts'
import { taxLines } from '#app/domain/tax/tax-lines.ts'
import { contentHashOf } from '../invoices/content-hash.ts'

/** How many invoices of each seller are made again. */
const invoicesAtMost = 200

/**
 * Makes invoices again from their charges, by the functions that made them, and compares every byte of what they say: lines, taxes, totals and the
 * hash over all of it. Usage at a price per unit without limits is rated again, too. Writes nothing. Left out are void and credited
 * invoices, whose charges may have moved on, and those with a discount inside prices that include tax, whose gross is not kept.
 */
export async function rerunInvoices({ tenantId }: TenantRow): Promise<Examined> {
  const sampled = await inTenant(tenantId, (ctx) => sampleInvoices(ctx, invoicesAtMost))
  const broken: string[] = []
  let examined = 0
  for (const sample of sampled) {
    const isSame = await inTenant(tenantId, (ctx) => isSameAgain(ctx, sample))
    if (isSame === null) continue
    examined += 1
    if (!isSame) broken.push(sample.number)
  }
  const { rated, ids } = await inTenant(tenantId, (ctx) =>
    ratedOtherwise(
      ctx,
      sampled.map(({ id }) => id),
    ),
  )
  const found = [...broken, ...ids.map((id) => `charge ${id}`)]
  return { examined: examined + rated, violations: found.length, ids: found.slice(0, idsAtMost) }
}

/** Null when it cannot be told. */
async function isSameAgain(ctx: TenantContext, { id, behaviour }: SampledInvoice): Promise<boolean | null> {
  const stored = await readFinalisedInvoice(ctx, id)
  if (!stored) return false
  const { invoice, previousHash, contentHash } = stored
  if (behaviour === 'inclusive' && invoice.lines.some(({ kind }) => kind === 'discount')) return null
  const charges = new Map((await chargesOfLines(ctx, id)).map((line) => [line.lineId, line]))
  const again = madeAgain(invoice, { charges, behaviour })
  return again !== null && contentHashOf(again, previousHash) === contentHash
}

type Making = { readonly charges: ReadonlyMap<string, LineCharges>; readonly behaviour: SampledInvoice['behaviour'] }

/** The document with every figure worked out anew; null when a line has no charges. */
function madeAgain(invoice: FinalisedInvoice, { charges, behaviour }: Making): FinalisedInvoice | null {
  const { currency } = invoice.total
  if (invoice.lines.some(({ id, kind }) => kind !== 'discount' && !charges.has(id))) return null
  const amounts = invoice.lines.map((line) => ({ amount: amountOf(line, charges.get(line.id)), treatment: treatmentOf(invoice, line) }))
  const taxes = taxLines({ currency, behaviour, amounts })
  const nets = behaviour === 'exclusive' ? amounts.map(({ amount }) => amount) : netsOf(amounts, taxes)
  const total = (pick: (tax: (typeof taxes)[number]) => Money) => sum(currency, taxes.map(pick))
  const [net, tax] = [total(({ base }) => base), total((each) => each.tax)]
  return {
    ...invoice,
    lines: invoice.lines.map((line, index) => ({ ...line, ...quantitiesOf(charges.get(line.id)), net: nets[index] ?? line.net })),
    taxes: inOrderOf(
      invoice,
      taxes.map(({ category, rate, base, tax: ofRate, reason }) => ({ category, rate, base, tax: ofRate, reason })),
    ),
    net,
    tax,
    total: sum(currency, [net, tax]),
  }
}

function quantitiesOf(charged: LineCharges | undefined): Partial<Pick<FinalisedLine, 'quantity' | 'includedQuantity' | 'billedQuantity'>> {
  if (!charged) return {}
  const { quantity, includedQuantity, billedQuantity } = charged
  return { quantity, includedQuantity, billedQuantity }
}

function amountOf(line: FinalisedLine, charged: LineCharges | undefined): Money {
  if (!charged) return line.net
  const { currency } = line.net
  return lineAmount({ ...charged, currency, ...(charged.before ? { shownBefore: charged.before } : {}) })
}

function treatmentOf({ taxes }: FinalisedInvoice, { taxCategory, taxRate }: FinalisedLine): TaxTreatment {
  const own = taxes.find(({ category, rate }) => category === taxCategory && rate.eq(taxRate))
  return { category: taxCategory as TaxCategory, rate: taxRate, reason: (own?.reason ?? '') as TaxReason }
}

/** Taxes as the document lists them; what it does not list comes last. */
function inOrderOf({ taxes }: FinalisedInvoice, made: FinalisedInvoice['taxes']): FinalisedInvoice['taxes'] {
  const place = (tax: FinalisedInvoice['taxes'][number]) => {
    const index = taxes.findIndex(({ category, rate }) => category === tax.category && rate.eq(tax.rate))
    return index < 0 ? taxes.length : index
  }
  return [...made].sort((a, b) => place(a) - place(b))
}
