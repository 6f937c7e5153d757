import {
  accountNames,
  type BillableContract,
  type BillableSubscription,
  billableSubscriptions,
  type Names,
  productNames,
  subscriptionNames,
} from '#app/db/billing-facts.server.ts'
import {
  type ChargeGroup,
  type ChargeReach,
  groupOfFee,
  knownSourceKeys,
  openChargeGroups,
  shownBefore,
} from '#app/db/charges-billing.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { readContractRules } from '#app/db/contract-price-books.server.ts'
import { insertFees, type NewFee } from '#app/db/fee-charges.server.ts'
import type { TenantRow } from '#app/db/tenants.server.ts'
import type { BillableItem } from '#app/domain/invoice/billable-item.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import type { PriceRule } from '#app/domain/pricing/price-rule.ts'
import { feeSpan, rateFees } from '#app/domain/rating/rate-fees.ts'
import { type LocalDate, localDateOf, startOfDay } from '#app/domain/time/local-date.ts'
import type { Period } from '#app/domain/time/period.ts'

/** What a run closes: first day and the day after the last one, in the seller's zone. */
export type RunPeriod = { readonly start: LocalDate; readonly end: LocalDate }

/** Everything an invoice to one payer is made of, and nothing decided yet. */
export type BillingFacts = {
  readonly contract: BillableContract
  readonly reach: ChargeReach
  readonly items: readonly BillableItem[]
  readonly names: BillingNames
}

export type BillingNames = {
  readonly accounts: ReadonlyMap<string, string>
  readonly products: ReadonlyMap<string, Names>
  readonly subscriptions: ReadonlyMap<string, string>
}

export type GatherInput = { readonly seller: TenantRow; readonly contracts: readonly BillableContract[]; readonly period: RunPeriod }

/** The facts of `contracts` as they stand: nothing is written, nothing is held. Fees that are not charged yet are worked out. */
export async function gatherFacts(ctx: TenantContext, input: GatherInput): Promise<BillingFacts[]> {
  const fees = await dueFees(ctx, input)
  const reach = input.contracts.map((contract) => reachOf(input, contract))
  const groups = [...(await openChargeGroups(ctx, reach, false)), ...fees.map((fee) => groupOfFee(fee.rated, fee.accountId, fee.name))]
  return assemble(ctx, input, groups)
}

/** The same for a finalising transaction: due fees become charges, and every open charge is held until it ends. */
export async function holdFacts(ctx: TenantContext, input: GatherInput): Promise<BillingFacts[]> {
  await insertFees(ctx, await dueFees(ctx, input))
  return assemble(
    ctx,
    input,
    await openChargeGroups(
      ctx,
      input.contracts.map((contract) => reachOf(input, contract)),
      true,
    ),
  )
}

async function assemble(ctx: TenantContext, input: GatherInput, groups: readonly ChargeGroup[]): Promise<BillingFacts[]> {
  const late = groups.filter((group) => group.feeKind === 'usage' && group.billingPeriod < input.period.start)
  const earlier = await shownBefore(ctx, late)
  const names = {
    accounts: await accountNames(ctx, distinct(groups.map((group) => group.accountId))),
    products: await productNames(ctx, distinct(groups.flatMap((group) => group.productId ?? []))),
    subscriptions: await subscriptionNames(ctx, distinct(groups.flatMap((group) => group.subscriptionId ?? []))),
  }
  return input.contracts.map((contract) => ({
    contract,
    reach: reachOf(input, contract),
    items: groups
      .filter((group) => group.contractId === contract.id)
      .map(({ contractId: _, ...item }) => ({ ...item, ...remembered(earlier.get(item.key)) })),
    names,
  }))
}

function remembered(shown: BillableItem['shownBefore']): Pick<BillableItem, 'shownBefore'> {
  return shown ? { shownBefore: shown } : {}
}

/** Fees whose service begins within reach of the run and that are not charged yet. */
async function dueFees(ctx: TenantContext, input: GatherInput): Promise<NewFee[]> {
  const contracts = new Map(input.contracts.map((contract) => [contract.id, contract]))
  const span = spanOf(input)
  const subscriptions = await billableSubscriptions(ctx, [...contracts.keys()], { from: span.start, to: span.end })
  if (subscriptions.length === 0) return []

  const rules = await readContractRules(ctx, [...contracts.keys()])
  const fees = subscriptions.flatMap((subscription) => {
    const contract = contracts.get(subscription.contractId)
    return contract ? feesOf({ input, contract, subscription, rules: rules.get(contract.id) ?? [] }) : []
  })
  const known = await knownSourceKeys(
    ctx,
    fees.map((fee) => fee.rated.sourceKey),
  )
  return fees.filter((fee) => !known.has(fee.rated.sourceKey))
}

type FeeQuestion = {
  readonly input: GatherInput
  readonly contract: BillableContract
  readonly subscription: BillableSubscription
  readonly rules: readonly PriceRule[]
}

function feesOf({ input, contract, subscription, rules }: FeeQuestion): NewFee[] {
  const { id, contractId, productId, startsAt, endsAt } = subscription
  const proration = subscription.proration === 'none' || subscription.proration === 'day' ? subscription.proration : 'second'
  const charges = rateFees({
    subscription: { id, contractId, productId, startsAt, endsAt, proration, quantity: new Decimal(1), cycle: cycleOf(input, contract) },
    rules,
    currency: contract.currency,
    span: feeSpanOf(input, contract),
  })
  return charges.map((rated) => ({ rated, accountId: subscription.accountId, payerAccountId: contract.accountId, name: subscription.name }))
}

function reachOf(input: GatherInput, contract: BillableContract): ChargeReach {
  const lastFee = new Date(feeSpanOf(input, contract).end.getTime() - 1)
  return { contractId: contract.id, usageThrough: input.period.start, feesThrough: localDateOf(lastFee, input.seller.timeZone) }
}

function feeSpanOf(input: GatherInput, contract: BillableContract): Period {
  return feeSpan(contract.feesInAdvance ? 'in-advance' : 'in-arrears', spanOf(input))
}

/** The run's period as instants: cut where the seller's days begin (B19). */
export function spanOf({ seller, period }: Pick<GatherInput, 'seller' | 'period'>): Period {
  return { start: startOfDay(period.start, seller.timeZone), end: startOfDay(period.end, seller.timeZone) }
}

function cycleOf({ seller }: GatherInput, contract: BillableContract) {
  return { zone: seller.timeZone, anchorDay: contract.billingAnchor === 'calendar' ? 1 : contract.billingDay }
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)]
}
