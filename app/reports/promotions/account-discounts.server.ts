import type { TenantContext } from '#app/db/context.server.ts'
import { money } from '#app/domain/money/money.ts'
import { daysOf, nameIn, type Sums, toMoneys } from './columns.server.ts'
import type { PromotionPage } from './list.server.ts'
import type { AccountDiscountRow } from './shape.ts'

type Row = {
  id: string
  name: Record<string, string>
  percent: string | null
  amountMinor: bigint | null
  remainingMinor: bigint | null
  currency: string | null
  scopes: AccountDiscountRow['scopes']
  productGroups: string[]
  validFrom: Date
  validTo: Date | null
  isFromCode: boolean
  isStackable: boolean
  reason: string
  given: Sums
}

/** The discounts of one account, those in force first; at most 200. */
export async function listAccountDiscounts(ctx: TenantContext, accountId: string, page: PromotionPage): Promise<AccountDiscountRow[]> {
  const rows = await ctx.db.$queryRaw<Row[]>`
    select d.id, d.name, trim_scale(d.percent)::text as percent, d.amount_minor as "amountMinor", d.remaining_minor as "remainingMinor", d.currency,
      d.scopes, d.product_groups as "productGroups", d.valid_from as "validFrom", d.valid_to as "validTo",
      d.redemption_id is not null as "isFromCode", d.is_stackable as "isStackable", d.reason, (
        select json_agg(json_build_object('currency', x.currency, 'minor', x.minor::text) order by x.currency) from (
          select u.currency, sum(u.amount_minor) as minor from discount_uses u
          where u.tenant_id = d.tenant_id and u.discount_id = d.id group by u.currency) x) as given
    from discounts d
    where d.tenant_id = ${ctx.tenantId}::uuid and d.account_id = ${accountId}::uuid
    order by d.valid_to is not null and d.valid_to <= ${ctx.now}, d.valid_from desc, d.id
    limit 200`
  return rows.map((row) => toRow(row, page, ctx.now))
}

function toRow(row: Row, page: PromotionPage, now: Date): AccountDiscountRow {
  const { id, percent, scopes, productGroups, isFromCode, isStackable, reason, currency } = row
  const isUsedUp = row.remainingMinor === 0n
  return {
    id,
    percent: row.amountMinor === null ? percent : null,
    scopes,
    productGroups: productGroups ?? [],
    isFromCode,
    isStackable,
    reason,
    name: nameIn(row.name, page.language),
    amount: row.amountMinor !== null && currency ? money(row.amountMinor, currency) : null,
    left: row.remainingMinor !== null && currency ? money(row.remainingMinor, currency) : null,
    days: daysOf(row.validFrom, row.validTo, page.zone),
    isOver: isUsedUp || (row.validTo !== null && row.validTo.getTime() <= now.getTime()),
    given: toMoneys(row.given),
  }
}
