import { inTenant, type TenantContext } from '#app/db/context.server.ts'
import { lockContracts } from '#app/db/documents/billing-facts.server.ts'
import { newId } from '#app/db/ids.server.ts'
import { findTenant, ownTenant } from '#app/db/sellers/tenants.server.ts'
import { type CountedItem, insertItems, itemsOfSale, type NewItem } from '#app/db/settlement/settlement-items.server.ts'
import { firstCountOf, lockSale, noteCounted, type Sale, type SaleKey } from '#app/db/settlement/settlement-sales.server.ts'
import { readSettledContract, type SettlementTerms, termsById, termsOn } from '#app/db/settlement/settlement-terms.server.ts'
import type { Posting } from '#app/domain/ledger/postings.ts'
import { money } from '#app/domain/money/money.ts'
import { modelOf, type SettlementModel } from '#app/domain/settlement/settlement-effect.ts'
import type { PaidStep } from '#app/domain/settlement/share-of-paid.ts'
import type { Actor } from '#app/domain/shared/actor.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { addDays, type LocalDate, localDateOf } from '#app/domain/time/local-date.ts'
import { postEntry } from '../ledger/post-entry.server.ts'

/** One edge: the parent, the account the child has there, and the child. */
export type Edge = { readonly parentTenantId: string; readonly accountId: string; readonly childTenantId: string; readonly actor: Actor }

/** The edge above a tenant; null at the top, and for an operating unit, which owes nothing to its own company. */
export async function edgeAbove(childTenantId: string, actor: Actor): Promise<Edge | null> {
  const child = await findTenant(childTenantId)
  if (!child?.parentTenantId || !child.parentAccountId || child.isOperatingUnit) return null
  return { parentTenantId: child.parentTenantId, accountId: child.parentAccountId, childTenantId, actor }
}

/** What is counted: a document or payment of the child, and how much of it is paid and kept now. */
export type Countable = Pick<SaleKey, 'kind' | 'sourceId' | 'currency'> & {
  readonly totalMinor: bigint
  /** What of it is paid and counts under a model. */
  readonly paidMinor: (model: SettlementModel) => bigint
}

/** What a step comes to: items, what is booked in the parent's books, and the facts that later steps are worked out from. */
export type Counted = { readonly items: readonly NewItem[]; readonly postings: readonly Posting[]; readonly detail: object }

export type CountStep = {
  readonly terms: SettlementTerms
  readonly step: PaidStep
  /** What the first count noted; undefined in the first one. */
  readonly noted: unknown
}

/**
 * Counts what a customer paid of a document or payment since the last look, in the parent's books, by the terms of the day it was counted
 * first. Safe to repeat and in any order: what is counted is the difference to what was. Returns all that was ever counted of it.
 */
export function countSale(edge: Edge, sale: Countable, work: (facts: CountStep) => Counted | null): Promise<CountedItem[]> {
  return inTenant(edge.parentTenantId, (ctx) => count(ctx, { edge, sale, work }), { actor: edge.actor })
}

type Count = { readonly edge: Edge; readonly sale: Countable; readonly work: (facts: CountStep) => Counted | null }

async function count(ctx: TenantContext, { edge, sale, work }: Count): Promise<CountedItem[]> {
  const { accountId } = edge
  const contract = await readSettledContract(ctx, accountId)
  if (!contract) return []
  const { contractId } = contract
  const today = localDateOf(ctx.now, (await ownTenant(ctx))?.timeZone ?? 'UTC')
  // Nobody invoices what the contract owes while more comes to it.
  await lockContracts(ctx, [contractId])
  const row = await lockSale(ctx, { accountId, contractId, kind: sale.kind, sourceId: sale.sourceId, currency: sale.currency }, newId())
  const first = await firstCountOf(ctx, row.id)
  const terms = first ? await termsById(ctx, first.termsId) : await termsOn(ctx, contractId, today)
  const paidMinor = sale.paidMinor(terms ? modelOf(terms.settings) : 'invoiced')
  if (row.paidMinor === paidMinor) return itemsOfSale(ctx, row.id)

  const { currency } = sale
  const step = { before: money(row.paidMinor, currency), after: money(paidMinor, currency), total: money(sale.totalMinor, currency) }
  const isBack = paidMinor < row.paidMinor
  // What goes back of money that nothing was counted of brings nothing back either.
  const counted = terms && (first || !isBack) ? work({ terms, step, noted: first?.detail }) : null
  if (terms && counted) {
    const releaseOn = releaseDay({ today, holdDays: terms.settings.holdDays, isBack, heldUntil: first?.releaseOn })
    const common = { saleId: row.id, accountId, contractId, termsId: terms.id, step: row.steps + 1 }
    await insertItems(ctx, { ...common, detail: counted.detail, occurredOn: today, releaseOn }, counted.items)
    await book(ctx, { accountId, row, postings: counted.postings })
  }
  await noteCounted(ctx, { id: row.id, paidMinor, steps: row.steps + (counted ? 1 : 0) })
  return itemsOfSale(ctx, row.id)
}

/** What came in waits for its day; what goes back does as long as what came in before. */
function releaseDay(facts: { today: LocalDate; holdDays: number; isBack: boolean; heldUntil: LocalDate | undefined }): LocalDate {
  const { today, holdDays, isBack, heldUntil } = facts
  if (!isBack) return addDays(today, holdDays)
  return heldUntil !== undefined && heldUntil > today ? heldUntil : today
}

async function book(
  ctx: TenantContext,
  { accountId, row, postings }: { accountId: string; row: Sale; postings: readonly Posting[] },
): Promise<void> {
  if (postings.length === 0) return
  const isNew = await postEntry(ctx, {
    sourceKey: `settlement:${row.id}:${row.steps + 1}`,
    kind: 'settlement',
    accountId,
    invoiceId: null,
    postings,
  })
  invariant(isNew, `settlement: step ${row.steps + 1} of ${row.id} is booked before it was counted`)
}
