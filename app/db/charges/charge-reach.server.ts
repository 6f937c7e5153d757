import type { LocalDate } from '#app/domain/time/local-date.ts'
import type { TenantContext } from '../context.server.ts'
import { billedTo } from '../documents/payers.server.ts'
import { Prisma } from '../generated/client.ts'
import { sqlArray } from '../sql-array.server.ts'

/**
 * Which open charges a run takes from a contract: usage of billing months that began by `usageThrough` and itself before
 * `usageUntil`, and fees also of the month that begins at the end.
 */
export type ChargeReach = {
  readonly contractId: string
  /** The contracts of others that are billed to this one; null where nobody of the seller's accounts pays for another. */
  readonly paysFor: readonly string[] | null
  readonly usageThrough: LocalDate
  readonly usageUntil: Date
  readonly feesThrough: LocalDate
}

/**
 * The thing a charge stands for. A fee is its own; usage is one thing per user, subscription, price, tier and month, so that
 * what comes late can be told from what was shown before. Hours of many resources without a subscription are one thing.
 */
export const thing = Prisma.sql`case when c.fee_kind = 'usage'
  then concat_ws('|', c.account_id, coalesce(c.subscription_id::text, '-'), c.meter, c.price_rule_id, c.billing_period, c.tier)
  else c.source_key end`

/**
 * Not of days whose charges are shown and owed in another way than by invoice: `r` knows whether its contract ever had such days, so that
 * the charges of others are not looked at one by one.
 */
const isInvoiced = Prisma.sql`(not r.is_settled or not exists (select 1 from settlement_terms n where n.tenant_id = c.tenant_id
  and n.contract_id = c.contract_id and n.state = 'agreed' and n.model <> 'invoiced' and n.valid_from <= c.billing_period
  and (n.valid_to is null or n.valid_to > c.billing_period)))`

/** A reach for each contract whose charges are billed to `contractId`, itself included. */
function sourcesOf<Reach extends ChargeReach>(reach: readonly Reach[]): (Reach & { readonly sourceId: string })[] {
  return reach.flatMap((each) => [each.contractId, ...(each.paysFor ?? [])].map((sourceId) => ({ ...each, sourceId })))
}

/** Only charges that are billed to the contract asked for: a look at each of them that sellers without such payers are spared. */
const isBilledHere = (reach: readonly ChargeReach[]) =>
  reach.some(({ paysFor }) => paysFor !== null) ? Prisma.sql`and ${billedTo} = r.contract_id` : Prisma.empty

/** A fee that falls due as the period ends is of that invoice where fees are paid in advance, else of the next one. */
const isDueWithin = Prisma.sql`(c.billing_period < r.fees_through or c.fee_kind = 'usage' or exists (
  select from contracts k where k.tenant_id = c.tenant_id and k.id = c.contract_id and k.fees_in_advance))`

/** The contracts in `reach` as the relation `r`, each with the invoice that takes its charges where there is one. */
export function reachRows<Reach extends ChargeReach>(
  ctx: TenantContext,
  reach: readonly Reach[],
  invoiceOf: (reach: Reach) => string | null,
) {
  const sources = sourcesOf(reach)
  const text = (pick: (source: (typeof sources)[number]) => string | null) => sqlArray(sources, pick)
  return Prisma.sql`r as materialized (
    select u.*, exists (select 1 from settlement_terms n where n.tenant_id = ${ctx.tenantId}::uuid and n.contract_id = u.source_id
      and n.state = 'agreed' and n.model <> 'invoiced') as is_settled
    from unnest(${text((r) => r.sourceId)}::uuid[], ${text((r) => r.contractId)}::uuid[], ${text(invoiceOf)}::uuid[],
      ${text((r) => r.usageThrough)}::date[], ${text((r) => r.usageUntil.toISOString())}::timestamptz[], ${text((r) => r.feesThrough)}::date[])
      as u (source_id, contract_id, invoice_id, usage_through, usage_until, fees_through))`
}

/** Whether the charge `c` is open and within `r`. */
export const isInReach = (ctx: TenantContext, reach: readonly ChargeReach[]) => Prisma.sql`
  c.tenant_id = ${ctx.tenantId}::uuid and c.contract_id = r.source_id and c.invoice_id is null and c.billing_period <= r.fees_through and ${isDueWithin}
    and (c.fee_kind <> 'usage' or (c.billing_period <= r.usage_through and c.period_start < r.usage_until))
    and ${isInvoiced} ${isBilledHere(reach)}`
