import { Decimal } from '#app/domain/money/decimal.ts'
import type { RatedCharge } from '#app/domain/rating/charge.ts'
import { baseKeyOf, type ChargedFee } from '#app/domain/rating/settle-fees.ts'
import type { TenantContext } from '../context.server.ts'

type Figure = 'quantity' | 'includedQuantity' | 'billedQuantity' | 'unitPrice' | 'amount'
type Row = Omit<RatedCharge, Figure | 'chargePeriod' | 'usageId' | 'resourceRef'> &
  Record<Figure, string> & { readonly periodStart: Date; readonly periodEnd: Date }

/** What was charged of fees under some contracts, invoiced or not: contract, then key of the fee. */
export type ChargedFees = ReadonlyMap<string, ReadonlyMap<string, ChargedFee>>

/**
 * Fees of `contractIds` whose service reaches beyond `since`, added up by key. The corrections of a key lie within the service
 * period of its first charge, so `since` lies one longest interval before what is asked for.
 */
export async function readChargedFees(ctx: TenantContext, contractIds: readonly string[], since: Date): Promise<ChargedFees> {
  const rows = await ctx.db.$queryRaw<Row[]>`
    select source_key as "sourceKey", contract_id as "contractId", subscription_id as "subscriptionId", product_id as "productId", category,
      class, frequency, fee_kind as "feeKind", meter, tier, unit, quantity::text as quantity, included_quantity::text as "includedQuantity",
      billed_quantity::text as "billedQuantity", unit_price::text as "unitPrice", amount::text as amount, currency,
      price_version_id as "priceVersionId", price_rule_id as "priceRuleId", reason, period_start as "periodStart", period_end as "periodEnd",
      billing_period::text as "billingPeriod"
    from charges
    where tenant_id = ${ctx.tenantId}::uuid and contract_id = any (${contractIds}::uuid[]) and fee_kind <> 'usage' and period_end > ${since}
    order by contract_id, created_at, id`
  const fees = new Map<string, Map<string, ChargedFee>>()
  for (const row of rows) {
    const ofContract = fees.get(row.contractId) ?? new Map<string, ChargedFee>()
    fees.set(row.contractId, ofContract)
    const key = baseKeyOf(row.sourceKey)
    const before = ofContract.get(key)
    const last = toCharge(row)
    ofContract.set(key, { amount: last.amount.plus(before?.amount ?? 0), count: (before?.count ?? 0) + 1, last })
  }
  return fees
}

function toCharge({ periodStart, periodEnd, ...row }: Row): RatedCharge {
  return {
    ...row,
    usageId: null,
    resourceRef: null,
    quantity: new Decimal(row.quantity),
    includedQuantity: new Decimal(row.includedQuantity),
    billedQuantity: new Decimal(row.billedQuantity),
    unitPrice: new Decimal(row.unitPrice),
    amount: new Decimal(row.amount),
    chargePeriod: { start: periodStart, end: periodEnd },
  }
}
