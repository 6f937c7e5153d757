import { Decimal } from '#app/domain/money/decimal.ts'
import { money } from '#app/domain/money/money.ts'
import type { Discount, DiscountScope } from '#app/domain/promo/discount.ts'
import { readSnapshot } from '#app/domain/promo/promotion.ts'
import { actorName } from '#app/domain/shared/actor.ts'
import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'
import { sqlArray } from '../sql-array.server.ts'

/** A discount with the contract it stands under. */
export type ContractDiscount = { readonly contractId: string; readonly discount: Discount }

type DiscountRow = {
  id: string
  contractId: string
  accountId: string
  payerAccountId: string
  subscriptionId: string | null
  name: Record<string, string>
  percent: string | null
  remainingMinor: bigint | null
  currency: string | null
  scopes: string[]
  productGroups: string[]
  priority: number
  isStackable: boolean
  validFrom: Date
  validTo: Date | null
  snapshot: unknown
}

/**
 * The discounts of `contractIds` that still have something to give, also those that are over: what comes late of a period they
 * covered is reduced like the rest of it. In no order that counts.
 */
export async function discountsOf(ctx: TenantContext, contractIds: readonly string[]): Promise<ContractDiscount[]> {
  const rows = await ctx.db.$queryRaw<DiscountRow[]>`
    select d.id, d.contract_id as "contractId", d.account_id as "accountId", c.account_id as "payerAccountId",
      d.subscription_id as "subscriptionId", d.name, d.percent::text as percent, d.remaining_minor as "remainingMinor", d.currency, d.scopes,
      d.product_groups as "productGroups", d.priority, d.is_stackable as "isStackable", d.valid_from as "validFrom", d.valid_to as "validTo",
      r.snapshot
    from discounts d
    join contracts c on c.tenant_id = d.tenant_id and c.id = d.contract_id
    left join redemptions r on r.tenant_id = d.tenant_id and r.id = d.redemption_id
    where d.tenant_id = ${ctx.tenantId}::uuid and d.contract_id = any (${contractIds}::uuid[])
      and (d.remaining_minor is null or d.remaining_minor > 0)
    order by d.id`
  return rows.map((row) => ({ contractId: row.contractId, discount: toDiscount(row) }))
}

function toDiscount({ payerAccountId, contractId: _, percent, remainingMinor, currency, snapshot, ...row }: DiscountRow): Discount {
  const redeemed = snapshot ? readSnapshot(snapshot) : null
  const units = redeemed?.terms.kind === 'free-units' ? redeemed.terms : null
  const fixed = remainingMinor !== null && currency ? money(remainingMinor, currency) : null
  return {
    ...row,
    accountId: row.accountId === payerAccountId ? null : row.accountId,
    scopes: row.scopes as DiscountScope[],
    value: units
      ? { method: 'units', meter: units.meter, perPeriod: new Decimal(units.units) }
      : fixed
        ? { method: 'amount', remaining: fixed }
        : { method: 'percent', percent: new Decimal(percent ?? 0) },
    stackGroup: redeemed?.stackGroup ?? null,
    since: redeemed ? new Date(redeemed.startsAt) : row.validFrom,
    rank: redeemed ? `${redeemed.promotionId}:${row.id}` : row.id,
  }
}

export type NewDiscount = {
  readonly accountId: string
  readonly contractId: string
  readonly redemptionId: string | null
  readonly subscriptionId: string | null
  readonly name: Readonly<Record<string, string>>
  /** A percentage as decimal text, or an amount; never both. */
  readonly percent: string | null
  readonly amountMinor: bigint | null
  readonly currency: string | null
  readonly scopes: readonly string[]
  readonly productGroups: readonly string[]
  readonly priority: number
  readonly isStackable: boolean
  readonly periods: number | null
  readonly validFrom: Date
  readonly validTo: Date | null
  readonly reason: string
}

/** Saves a discount; of a fixed amount all of it is left. Returns its id. */
export async function insertDiscount(ctx: TenantContext, discount: NewDiscount): Promise<string> {
  const id = newId()
  const createdBy = actorName(ctx.actor)
  const { scopes, productGroups, name, ...columns } = discount
  await ctx.db.discount.createMany({
    data: [
      {
        ...columns,
        tenantId: ctx.tenantId,
        id,
        name: { ...name },
        scopes: [...scopes],
        productGroups: [...productGroups],
        method: discount.percent === null ? 'amount' : 'percent',
        remainingMinor: discount.amountMinor,
        createdBy,
        createdAt: ctx.now,
      },
    ],
  })
  return id
}

/** Ends a discount of `accountId` at `at`, if it would go on beyond it. False when there is none to end. */
export async function endDiscount(ctx: TenantContext, facts: { id: string; accountId: string; at: Date }): Promise<boolean> {
  const ended = await ctx.db.$executeRaw`
    update discounts set valid_to = greatest(${facts.at}::timestamptz, valid_from + interval '1 millisecond')
    where tenant_id = ${ctx.tenantId}::uuid and id = ${facts.id}::uuid and account_id = ${facts.accountId}::uuid
      and redemption_id is null and (valid_to is null or valid_to > ${facts.at})`
  return ended === 1
}

export type DiscountUseRow = { readonly discountId: string; readonly amountMinor: bigint; readonly isFixed: boolean }
export type DiscountedInvoice = { readonly invoiceId: string; readonly accountId: string; readonly currency: string }

/** Notes what each discount took off an invoice, and lowers what is left of fixed amounts. Returns how many of these had enough left. */
export async function noteDiscountUses(ctx: TenantContext, invoice: DiscountedInvoice, uses: readonly DiscountUseRow[]): Promise<number> {
  if (uses.length === 0) return 0
  await ctx.db.$executeRaw`
    insert into discount_uses (tenant_id, account_id, invoice_id, currency, created_at, id, discount_id, amount_minor)
    select ${ctx.tenantId}::uuid, ${invoice.accountId}::uuid, ${invoice.invoiceId}::uuid, ${invoice.currency}, ${ctx.now}, u.*
    from unnest(${sqlArray(uses, () => newId())}::uuid[], ${sqlArray(uses, (use) => use.discountId)}::uuid[],
      ${sqlArray(uses, (use) => use.amountMinor.toString())}::bigint[]) as u`
  const fixed = uses.filter((use) => use.isFixed)
  if (fixed.length === 0) return 0
  return ctx.db.$executeRaw`
    update discounts d set remaining_minor = d.remaining_minor - u.amount_minor
    from unnest(${sqlArray(fixed, (use) => use.discountId)}::uuid[], ${sqlArray(fixed, (use) => use.amountMinor.toString())}::bigint[])
      as u (id, amount_minor)
    where d.tenant_id = ${ctx.tenantId}::uuid and d.id = u.id and d.remaining_minor >= u.amount_minor`
}

/** The group of each product that has one. */
export async function productGroupsById(ctx: TenantContext): Promise<ReadonlyMap<string, string>> {
  const rows = await ctx.db.$queryRaw<{ id: string; productGroup: string }[]>`
    select id, product_group as "productGroup" from products where tenant_id = ${ctx.tenantId}::uuid and product_group is not null order by id`
  return new Map(rows.map((row) => [row.id, row.productGroup]))
}
