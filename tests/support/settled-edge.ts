import { v7 } from 'uuid'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { bank, receivableFromParent } from '#app/domain/ledger/chart.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { money } from '#app/domain/money/money.ts'
import type { SettlementSettings } from '#app/domain/settlement/settings.ts'
import { plainSettings } from '#app/domain/settlement/settings.ts'
import { systemActor } from '#app/domain/shared/actor.ts'
import { allocatePayment } from '#app/services/payments/allocate-payment.server.ts'
import { recordPayment } from '#app/services/payments/record-payment.server.ts'
import { countCollectedPayment } from '#app/services/settlement/count-collected-payment.server.ts'
import { countDocumentsOfPayment } from '#app/services/settlement/count-paid-document.server.ts'
import { proposeTerms } from '#app/services/settlement/propose-terms.server.ts'
import { billMonth, invoicesOf } from './billing.ts'
import { asOffice, buildAccount, buildContract, buildPriceBook, buildProduct, buildSubscription, buildTenant } from './builders.ts'
import { joinEdge } from './edges.ts'
import { buildBuyer, buildCloud, type Seller } from './usage.ts'

const actor = systemActor('settlement')

/** Meridian and its reseller Ahorn of Vienna, whose customer takes a plan of 100.00 a month that Meridian sells at 70.00. */
export type SettledEdge = { readonly provider: Seller; readonly reseller: Seller }

export async function buildSettledEdge(
  changes: { readonly sell?: string; readonly childVatId?: string | null } = {},
): Promise<SettledEdge> {
  setClock(fixedClock('2026-06-01T08:00:00Z'))
  const tenantId = await buildTenant()
  const cloudRef = await buildCloud(tenantId)
  const provider = { tenantId, cloudRef, ...(await buildBuyer(tenantId, cloudRef)) }
  const { childVatId = 'ATU12345678' } = changes
  const ahorn = { legalName: 'Ahorn Hosting GmbH', country: 'AT', timeZone: 'Europe/Vienna', numberPrefix: 'AH', vatId: childVatId }
  const childTenantId = await buildTenant({ ...ahorn, slug: 'ahorn' })
  await asOffice(tenantId, ({ db }) =>
    db.account.updateMany({
      where: { tenantId, id: provider.accountId },
      data: {
        childTenantId,
        name: ahorn.legalName,
        country: 'AT',
        addressLines: ['Ahorngasse 1', '1010 Wien'],
        vatId: childVatId,
        vatIdStatus: childVatId ? 'valid' : 'none',
      },
    }),
  )
  const reseller = { tenantId: childTenantId, cloudRef, ...(await buildCustomer(childTenantId, changes.sell ?? '100')) }
  await joinEdge(provider, reseller)
  return { provider, reseller }
}

async function buildCustomer(tenantId: string, price: string) {
  const accountId = await buildAccount(tenantId, { name: 'Café Linde e.U.', country: 'AT' })
  const productId = await buildProduct(tenantId)
  const { priceBookId } = await buildPriceBook(tenantId, [{ feeKind: 'recurring', productId, price }])
  const contractId = await buildContract(tenantId, { accountId, priceBookId, startsOn: '2026-06-01' })
  await buildSubscription(tenantId, { accountId, contractId, productId, startedAt: '2026-05-31T22:00:00Z' })
  await offer(tenantId, productId)
  return { accountId, contractId, priceBookId }
}

/** The parent's offer that the plan was made from: 70.00 a month. */
async function offer(tenantId: string, productId: string): Promise<void> {
  const terms = { model: 'per-unit', terms: {}, included: '0', includedScope: 'subscription', rollsOver: false, cap: null, minimum: null }
  const more = { quantityStep: null, interval: null, billingMode: null, match: {}, validFrom: '2026-01-01T00:00:00.000Z', validTo: null }
  const fees = [{ feeKind: 'recurring', meter: null, unit: 'month', unitPrice: '70', ...terms, ...more }]
  const at = new Date('2026-01-01T00:00:00Z')
  const facts = { code: 'web-1', name: { en: 'Web 1' }, description: {}, spec: {}, currency: 'EUR', fees, offeredAt: at, updatedAt: at }
  await asOffice(tenantId, ({ db }) =>
    db.parentOffer.createMany({ data: [{ tenantId, id: v7(), parentProductId: v7(), productId, ...facts }] }),
  )
}

/** What the edge agreed on, with `changes` to the defaults, from that day on. */
export async function agree(
  { provider }: { readonly provider: Pick<Seller, 'tenantId' | 'accountId'> },
  changes: Partial<SettlementSettings>,
  validFrom = '2026-06-01',
): Promise<void> {
  const plain = plainSettings({
    pricing: 'buy-price-book',
    chargeTrigger: 'on-usage',
    collectsPayments: 'child',
    issuer: 'child',
    isSelfBilled: false,
    currency: 'EUR',
    paymentDays: 14,
  })
  const { accountId } = provider
  const input = { accountId, validFrom, settings: { ...plain, ...changes }, reason: 'Agreed by contract' }
  const proposed = await asOffice(provider.tenantId, (ctx) => proposeTerms(ctx, input))
  if (!proposed.ok) throw new Error(proposed.error)
}

/** The same percentage in every scope. */
export function off(percent: string): SettlementSettings['discounts'] {
  const value = new Decimal(percent)
  return { setup: value, recurring: value, usage: value, overage: value }
}

/** The customer's invoice of June: 100.00 and 20 % VAT. Returns its id. */
export async function invoiceCustomer({ reseller }: SettledEdge): Promise<string> {
  await billMonth(reseller.tenantId, '2026-06', '2026-07-01T06:00:00Z')
  const [invoice] = await invoicesOf(reseller.tenantId)
  if (!invoice) throw new Error('there is no invoice')
  return invoice.id
}

/** The customer pays `cents` of its invoice, at the child's bank or taken by the parent. Returns payment and allocation. */
export async function customerPays(
  edge: SettledEdge,
  { invoiceId, cents, isTakenByParent = false }: { invoiceId: string; cents: bigint; isTakenByParent?: boolean },
): Promise<{ paymentId: string; allocationId: string }> {
  const { tenantId, accountId } = edge.reseller
  const amount = money(cents, 'EUR')
  const paid = await asOffice(tenantId, async (ctx) => {
    const payment = await recordPayment(ctx, {
      accountId,
      method: isTakenByParent ? 'card' : 'transfer',
      at: isTakenByParent ? receivableFromParent : bank,
      amount,
      receivedOn: '2026-07-01',
      reference: null,
      payer: null,
      sourceKey: v7(),
    })
    if (!payment.ok) throw new Error(payment.error)
    const allocation = await allocatePayment(ctx, { paymentId: payment.value.id, invoiceId, amount })
    if (!allocation.ok) throw new Error(allocation.error)
    return { paymentId: payment.value.id, allocationId: allocation.value.id }
  })
  await count(edge, paid.paymentId)
  return paid
}

/** What the jobs do after money moved. */
export async function count({ reseller: { tenantId } }: SettledEdge, paymentId: string): Promise<void> {
  await countCollectedPayment({ tenantId, paymentId, actor })
  await countDocumentsOfPayment({ tenantId, paymentId, actor })
}

/** Balances of a tenant's books in cents, by account: what is zero is left out. */
export async function balances({ tenantId }: Seller, ...codes: string[]): Promise<Record<string, number>> {
  const rows = await asOffice(
    tenantId,
    ({ db }) => db.$queryRaw<{ code: string; cents: number }[]>`
      select a.code, sum(p.amount_minor)::int as cents from ledger_postings p
      join ledger_accounts a on a.tenant_id = p.tenant_id and a.id = p.ledger_account_id
      where p.tenant_id = ${tenantId}::uuid and a.code = any (${codes}::text[])
      group by a.code having sum(p.amount_minor) <> 0 order by a.code`,
  )
  return Object.fromEntries(rows.map(({ code, cents }) => [code, cents]))
}
