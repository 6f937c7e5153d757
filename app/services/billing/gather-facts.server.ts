import { accountNames, type BillableContract, type Names, productNames, subscriptionNames } from '#app/db/billing-facts.server.ts'
import { type ChargeGroup, type ChargeReach, groupOfFee, openChargeGroups, shownBefore } from '#app/db/charges-billing.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { insertFees, type NewFee } from '#app/db/fee-charges.server.ts'
import type { TenantRow } from '#app/db/tenants.server.ts'
import type { BillableItem } from '#app/domain/invoice/billable-item.ts'
import { feeSpan } from '#app/domain/rating/rate-fees.ts'
import { type LocalDate, startOfDay } from '#app/domain/time/local-date.ts'
import type { Period } from '#app/domain/time/period.ts'
import { dueFees } from './due-fees.server.ts'

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
  const fees = await feesWithinReach(ctx, input)
  const reach = input.contracts.map((contract) => reachOf(input, contract))
  const groups = [...(await openChargeGroups(ctx, reach, false)), ...fees.map((fee) => groupOfFee(fee.rated, fee.accountId, fee.name))]
  return assemble(ctx, input, groups)
}

/** The same for a finalising transaction: due fees become charges, and every open charge is held until it ends. */
export async function holdFacts(ctx: TenantContext, input: GatherInput): Promise<BillingFacts[]> {
  await insertFees(ctx, await feesWithinReach(ctx, input))
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

/** What is still to charge of the fees within reach of the run. */
function feesWithinReach(ctx: TenantContext, input: GatherInput): Promise<NewFee[]> {
  const { contracts, seller } = input
  return dueFees(ctx, { contracts, zone: seller.timeZone, period: spanOf(input), spanOf: (contract) => feeSpanOf(input, contract) })
}

/** Fees in advance of the period that begins are within reach of every run: what is not due yet is not charged yet. */
function reachOf({ period }: GatherInput, contract: BillableContract): ChargeReach {
  return { contractId: contract.id, usageThrough: period.start, feesThrough: period.end }
}

function feeSpanOf(input: GatherInput, contract: BillableContract): Period {
  return feeSpan(contract.feesInAdvance ? 'in-advance' : 'in-arrears', spanOf(input))
}

/** The run's period as instants: cut where the seller's days begin (B19). */
export function spanOf({ seller, period }: Pick<GatherInput, 'seller' | 'period'>): Period {
  return { start: startOfDay(period.start, seller.timeZone), end: startOfDay(period.end, seller.timeZone) }
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)]
}
