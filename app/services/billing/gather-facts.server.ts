import { readOwnMeters } from '#app/db/catalog/meters.server.ts'
import type { ChargeReach } from '#app/db/charges/charge-reach.server.ts'
import { insertFees, type NewFee } from '#app/db/charges/fee-charges.server.ts'
import { type ChargeGroup, itemOfFee, openChargeGroups, openCharges, shownBefore } from '#app/db/charges/open-charges.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import {
  accountNames,
  type BillableContract,
  type Names,
  productNames,
  soldServices,
  subscriptionNames,
} from '#app/db/documents/billing-facts.server.ts'
import type { TenantRow } from '#app/db/sellers/tenants.server.ts'
import type { SaleUnit } from '#app/domain/catalog/service-sale.ts'
import type { BillableItem } from '#app/domain/invoice/billable-item.ts'
import { feeSpan } from '#app/domain/rating/rate-fees.ts'
import { groupBy } from '#app/domain/shared/group-by.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { remember } from '#app/domain/shared/remember.ts'
import { contractMonths } from '#app/domain/subscription/subscription-cycle.ts'
import { billingMonthAt, lastClosedMonth } from '#app/domain/time/billing-month.ts'
import type { LocalPeriod } from '#app/domain/time/invoice-cycle.ts'
import { addDays, type LocalDate, localDateOf, startOfDay } from '#app/domain/time/local-date.ts'
import type { Period } from '#app/domain/time/period.ts'
import type { OwnMeters } from '#app/domain/usage/own-meter.ts'
import { onlyInvoiced, settlementLines } from '../settlement/settlement-lines.server.ts'
import type { DueContract } from './due-contracts.server.ts'
import { dueFees } from './due-fees.server.ts'
import { type PayerDesk, readPayerDesk } from './payer-desk.server.ts'

/** Everything an invoice to one payer is made of, and nothing decided yet. */
export type BillingFacts = {
  readonly contract: BillableContract
  readonly period: LocalPeriod
  /** The period as instants: cut where the seller's days begin (B19). */
  readonly span: Period
  readonly reach: ChargeReach
  readonly items: readonly BillableItem[]
  readonly names: BillingNames
}

export type BillingNames = {
  readonly accounts: ReadonlyMap<string, string>
  readonly products: ReadonlyMap<string, Names>
  /** Of the products those that are services ordered by themselves, and what they are counted in. */
  readonly services: ReadonlyMap<string, SaleUnit>
  readonly subscriptions: ReadonlyMap<string, string>
  readonly meters: OwnMeters
}

/** Every contract that `facts` are about, those paid for included. */
export function contractsOf(facts: readonly BillingFacts[]): string[] {
  return distinct(facts.flatMap(({ reach }) => [reach.contractId, ...(reach.paysFor ?? [])]))
}

export type GatherInput = { readonly seller: TenantRow; readonly due: readonly DueContract[] }

/** Also the seller's days on which each contract used anything, in order, by contract. */
export type GatheredFacts = { readonly facts: readonly BillingFacts[]; readonly usageDays: ReadonlyMap<string, readonly LocalDate[]> }

/** The facts of contracts as they stand: nothing is written, nothing is held. Fees that are not charged yet are worked out. */
export async function gatherFacts(ctx: TenantContext, input: GatherInput): Promise<GatheredFacts> {
  const payers = await readPayerDesk(ctx, input)
  const due = withReach(input, payers)
  const ids = due.flatMap(({ reach }) => [reach.contractId, ...(reach.paysFor ?? [])])
  const fees = await onlyInvoiced(ctx, distinct(ids), await feesWithinReach(ctx, due, payers))
  const open = await openCharges(ctx, due.map(reachOf), input.seller.timeZone)
  const groups = fees.map((fee) => {
    const item = itemOfFee(fee.rated, fee.accountId, fee.name)
    return { contractId: payers.billedTo(fee), ratedUnder: fee.rated.contractId, isReRated: false, item }
  })
  const facts = await assemble(ctx, { seller: input.seller, due }, [...open.groups, ...groups])
  return { facts, usageDays: open.usageDays }
}

/** The same for a finalising transaction that holds the contracts: due fees become charges. */
export async function holdFacts(ctx: TenantContext, input: GatherInput): Promise<BillingFacts[]> {
  const payers = await readPayerDesk(ctx, input)
  const due = withReach(input, payers)
  await insertFees(ctx, await feesWithinReach(ctx, due, payers))
  return assemble(ctx, { seller: input.seller, due }, await openChargeGroups(ctx, due.map(reachOf)))
}

/** A due contract with the instants of its period, and which open charges its invoice takes. */
type ReachingContract = DueContract & { readonly span: Period; readonly reach: ChargeReach }

const reachOf = ({ reach }: ReachingContract) => reach

/**
 * Usage of billing months that are over, or for an invoice by the day or week of the days up to its end. Fees in advance of the period that
 * begins are within reach of every run: what is not due yet is not charged yet.
 */
function withReach({ seller: { timeZone }, due }: GatherInput, payers: PayerDesk): ReachingContract[] {
  const endsOf = remember(keyOfEnds, ({ contract, period }: DueContract) => {
    const span = spanOf({ timeZone }, period)
    const lastMonth = lastClosedMonth(contractMonths(contract, timeZone), span.end)
    const usageThrough = isShortCycle(contract) ? addDays(period.end, -1) : localDateOf(lastMonth.start, timeZone)
    return { span, usageThrough, usageUntil: span.end, feesThrough: period.end }
  })
  return due.map((each) => {
    const { span, ...ends } = endsOf(each)
    return { ...each, span, reach: { contractId: each.contract.id, paysFor: payers.paidBy(each.contract.id), ...ends } }
  })
}

/** All that the ends of a contract's reach depend on. */
function keyOfEnds({ contract, period }: DueContract): string {
  return [contract.billingAnchor, contract.billingDay, contract.cycleUnit, period.start, period.end].join(' ')
}

type AssembleInput = { readonly seller: TenantRow; readonly due: readonly ReachingContract[] }

async function assemble(ctx: TenantContext, input: AssembleInput, groups: readonly ChargeGroup[]): Promise<BillingFacts[]> {
  const starts = new Map(input.due.map(({ contract, period }) => [contract.id, period.start]))
  const begun = groups.filter(({ contractId, item }) => item.feeKind === 'usage' && item.billingPeriod < (starts.get(contractId) ?? ''))
  const earlier = await shownBefore(ctx, begun)
  const settled = await settlementLines(ctx, input.due)
  const payers = [...settled.values()].flat().map(({ accountId }) => accountId)
  const productIds = distinct(groups.flatMap(({ item }) => item.productId ?? []))
  const names = {
    accounts: await accountNames(ctx, distinct([...groups.map(({ item }) => item.accountId), ...payers])),
    products: await productNames(ctx, productIds),
    services: await soldServices(ctx, productIds),
    subscriptions: await subscriptionNames(ctx, distinct(groups.flatMap(({ item }) => item.subscriptionId ?? []))),
    meters: await readOwnMeters(ctx),
  }
  const byContract = groupBy(groups, (group) => group.contractId)
  return input.due.map((due) => ({
    ...due,
    items: [
      ...(byContract.get(due.contract.id) ?? []).map((group) =>
        itemOf({ seller: input.seller, due, group, shown: earlier.get(group.item.key) }),
      ),
      ...(settled.get(due.contract.id) ?? []),
    ],
    names,
  }))
}

/** Whether the billing month goes on after the period: of contracts that are invoiced by the day or week. */
function isRunning({ timeZone }: TenantRow, { contract, period }: DueContract, billingPeriod: LocalDate): boolean {
  if (!isShortCycle(contract)) return false
  const month = billingMonthAt(contractMonths(contract, timeZone), startOfDay(billingPeriod, timeZone))
  return localDateOf(month.end, timeZone) > period.start
}

type AssembledGroup = {
  readonly seller: TenantRow
  readonly due: ReachingContract
  readonly group: ChargeGroup
  readonly shown: BillableItem['shownBefore']
}

/** The item of a group, with what only this invoice knows of it: usually nothing. */
function itemOf({ seller, due, group, shown }: AssembledGroup): BillableItem {
  const { item, ratedUnder, isReRated } = group
  const isPaidFor = due.reach.paysFor !== null
  // What is rated anew before it was ever invoiced is shown at its right price, as if it had never had another.
  const isCorrected = isReRated && item.billingPeriod < due.period.start
  const isRunningOn = isRunning(seller, due, item.billingPeriod)
  if (!isPaidFor && !isCorrected && !isRunningOn && !shown) return item
  return {
    ...item,
    ...(isPaidFor ? { ratedUnder } : {}),
    ...(isCorrected ? { isReRated } : {}),
    ...(shown ? { shownBefore: shown } : {}),
    ...(isRunningOn ? { isRunning: true } : {}),
  }
}

/** What is still to charge of the fees within reach of the run: of the contracts due, and what they pay of other contracts. */
async function feesWithinReach(ctx: TenantContext, due: readonly ReachingContract[], payers: PayerDesk): Promise<NewFee[]> {
  const spans = new Map(due.map(({ contract, span }) => [contract.id, span]))
  const others = await payers.contractsPaidFor(ctx, spans)
  const periodOf = (contract: BillableContract): Period => {
    const span = spans.get(contract.id) ?? others.get(contract.id)?.span
    invariant(span, `contract ${contract.id} is not due`)
    return span
  }
  const fees = await dueFees(ctx, {
    contracts: [...due.map(({ contract }) => contract), ...[...others.values()].map(({ contract }) => contract)],
    zone: payers.timeZone,
    periodOf,
    spanOf: (contract) => feeSpan(contract.feesInAdvance ? 'in-advance' : 'in-arrears', periodOf(contract)),
  })
  return fees.filter((fee) => spans.has(fee.rated.contractId) || spans.has(payers.billedTo(fee)))
}

function isShortCycle({ cycleUnit }: BillableContract): boolean {
  return cycleUnit === 'day' || cycleUnit === 'week'
}

/** A local period as instants: cut where the seller's days begin (B19). */
function spanOf({ timeZone }: Pick<TenantRow, 'timeZone'>, period: LocalPeriod): Period {
  return { start: startOfDay(period.start, timeZone), end: startOfDay(period.end, timeZone) }
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)]
}
