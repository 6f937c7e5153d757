import { insertFees, type NewFee } from '#app/db/charges/fee-charges.server.ts'
import { itemOfFee } from '#app/db/charges/open-charges.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import {
  accountNames,
  type BillableContract,
  contractsById,
  lockContracts,
  productNames,
  soldServices,
} from '#app/db/documents/billing-facts.server.ts'
import { newId } from '#app/db/ids.server.ts'
import { markFeesInvoiced, type OrderToInvoice, orderToInvoice } from '#app/db/orders/order-invoices.server.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import type { LocalPeriod } from '#app/domain/time/invoice-cycle.ts'
import { addDays, localDateOf, startOfDay } from '#app/domain/time/local-date.ts'
import { issue, productsOfLines } from '../invoices/issue-invoice.ts'
import { placeDocument } from '../invoices/place-document.server.ts'
import { projectsOfLines } from '../invoices/projects-of-lines.server.ts'
import { settleDiscounts } from '../invoices/settle-discounts.server.ts'
import { postInvoices } from '../ledger/post-invoice.server.ts'
import { type Seller, sellerOf } from './draft-contracts.server.ts'
import { type BillingDraft, draftInvoice } from './draft-invoice.server.ts'
import { dueFees } from './due-fees.server.ts'
import { gatherDiscounts } from './gather-discounts.server.ts'
import type { BillingFacts } from './gather-facts.server.ts'
import { readPayerDesk } from './payer-desk.server.ts'

type DraftedInvoice = Extract<BillingDraft, { state: 'drafted' }>

/**
 * Invoices what an order brought on the day its subscription began: setup and the first period of its fees, where the contract has
 * orders invoiced. Whatever else is open waits for the cycle. Safe to repeat: what is charged already makes no second
 * document. Returns the invoice's id; null when there is nothing to invoice.
 */
export async function invoiceOrder(ctx: TenantContext, orderId: string): Promise<string | null> {
  const order = await orderToInvoice(ctx, orderId)
  if (!order) return null
  await lockContracts(ctx, [order.contractId])
  const [contract] = await contractsById(ctx, [order.contractId])
  invariant(contract, `contract ${order.contractId} is not there`)
  const seller = await sellerOf(ctx)
  const fees = await firstFees(ctx, { order, contract, seller })
  if (fees.length === 0) return null

  const reductions = await gatherDiscounts(ctx, [contract.id])
  const draft = draftInvoice({
    facts: await factsOf(ctx, { order, contract, seller, fees }),
    reductions,
    today: localDateOf(ctx.now, seller.timeZone),
  })
  // What cannot be invoiced now is not charged either: the run of the cycle finds it, and parks it with its reason.
  return draft.state === 'drafted' ? issueOrder(ctx, { draft, seller, fees }) : null
}

type Facts = { readonly order: OrderToInvoice; readonly contract: BillableContract; readonly seller: Seller }

/** The fees of the subscription that fall due at the instant it began and are not charged yet. */
async function firstFees(ctx: TenantContext, { order, contract, seller }: Facts): Promise<NewFee[]> {
  const instant = { start: order.startedAt, end: new Date(order.startedAt.getTime() + 1) }
  const payers = await readPayerDesk(ctx, { seller, due: [{ contract, period: dayOf(order, seller) }] })
  const due = await dueFees(ctx, { contracts: [contract], zone: seller.timeZone, periodOf: () => instant, spanOf: () => instant })
  const own = due.filter(({ rated }) => rated.subscriptionId === order.subscriptionId && rated.meter === null)
  // What another account pays for stands on that one's invoice, with its cycle.
  return own.filter((fee) => payers.billedTo(fee) === contract.id)
}

async function factsOf(ctx: TenantContext, { order, contract, seller, fees }: Facts & { fees: readonly NewFee[] }): Promise<BillingFacts> {
  const { timeZone } = seller
  const period = dayOf(order, seller)
  const span = { start: startOfDay(period.start, timeZone), end: startOfDay(period.end, timeZone) }
  const productIds = [...new Set(fees.flatMap(({ rated }) => rated.productId ?? []))]
  return {
    contract,
    period,
    span,
    reach: { contractId: contract.id, paysFor: null, usageThrough: period.start, usageUntil: span.end, feesThrough: period.end },
    items: fees.map(({ rated, accountId, name }) => itemOfFee(rated, accountId, name)),
    names: {
      accounts: await accountNames(ctx, [...new Set(fees.map(({ accountId }) => accountId))]),
      products: await productNames(ctx, productIds),
      services: await soldServices(ctx, productIds),
      subscriptions: new Map(fees.map(({ name }) => [order.subscriptionId, name ?? ''])),
      meters: new Map(),
    },
  }
}

/** The seller's day on which the order's service began. */
function dayOf({ startedAt }: OrderToInvoice, { timeZone }: Seller): LocalPeriod {
  const day = localDateOf(startedAt, timeZone)
  return { start: day, end: addDays(day, 1) }
}

type Issued = { readonly draft: DraftedInvoice; readonly seller: Seller; readonly fees: readonly NewFee[] }

async function issueOrder(ctx: TenantContext, { draft, seller, fees }: Issued): Promise<string> {
  const { invoice } = draft
  const lines = invoice.lines.map((line) => ({ ...line, id: newId() }))
  await insertFees(ctx, fees)
  const projects = await projectsOfLines(ctx, [{ drafted: draft, lines }])
  const document = issue({ seller, drafted: draft, lines, projects, now: ctx.now })
  const { numberPrefix } = seller
  const { id, accountId, issueDate } = await placeDocument(ctx, {
    document,
    numberPrefix,
    billingRunId: null,
    refersToId: null,
    productOf: productsOfLines(lines),
  })
  const own = lines.filter(({ discount }) => !discount)
  const marked = await markFeesInvoiced(
    ctx,
    id,
    own.map(({ key, id: lineId }) => ({ sourceKey: key, lineId })),
  )
  invariant(marked === fees.length, `invoice ${id} was built from ${fees.length} fees and took ${marked}`)
  await settleDiscounts(ctx, invoice, id)
  await postInvoices(ctx, [{ invoiceId: id, accountId, issueDate, draft: invoice, lineIds: lines.map((line) => line.id) }])
  return id
}
