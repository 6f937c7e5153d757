import { type Money, money } from '#app/domain/money/money.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'
import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'
import { sqlArray } from '../sql-array.server.ts'
import type { ItemKind } from './settlement-sales.server.ts'

/** What one step of a sale brings to an edge. */
export type NewItem = {
  readonly kind: ItemKind
  readonly paid: Money
  readonly charge: Money
  readonly amount: Money
}

export type StepOfSale = {
  readonly saleId: string
  readonly accountId: string
  readonly contractId: string
  readonly termsId: string
  readonly step: number
  readonly detail: object
  readonly occurredOn: LocalDate
  readonly releaseOn: LocalDate
}

/** Saves what one step brings. */
export async function insertItems(ctx: TenantContext, step: StepOfSale, items: readonly NewItem[]): Promise<void> {
  if (items.length === 0) return
  await ctx.db.settlementItem.createMany({
    data: items.map(({ kind, paid, charge, amount }) => ({
      tenantId: ctx.tenantId,
      id: newId(),
      accountId: step.accountId,
      contractId: step.contractId,
      saleId: step.saleId,
      termsId: step.termsId,
      kind,
      step: step.step,
      currency: amount.currency,
      paidMinor: paid.minor,
      chargeMinor: charge.minor,
      amountMinor: amount.minor,
      detail: step.detail,
      occurredOn: new Date(step.occurredOn),
      releaseOn: new Date(step.releaseOn),
      createdAt: ctx.now,
    })),
  })
}

/** An item as the child's own books need it. */
export type CountedItem = NewItem & { readonly step: number }

/** Everything that was counted of a sale, in order of its steps. */
export async function itemsOfSale(ctx: TenantContext, saleId: string): Promise<CountedItem[]> {
  const rows = await ctx.db.settlementItem.findMany({
    where: { tenantId: ctx.tenantId, saleId },
    select: { kind: true, step: true, currency: true, paidMinor: true, chargeMinor: true, amountMinor: true },
    orderBy: [{ step: 'asc' }, { kind: 'asc' }],
    take: 1000,
  })
  return rows.map(({ kind, step, currency, paidMinor, chargeMinor, amountMinor }) => ({
    kind: kind as ItemKind,
    step,
    paid: money(paidMinor, currency),
    charge: money(chargeMinor, currency),
    amount: money(amountMinor, currency),
  }))
}

/** What a contract owes of payments its customers made and no invoice has, before `until`, in the contract's own currency. */
export type OpenPayable = {
  readonly contractId: string
  readonly accountId: string
  readonly paid: Money
  readonly amount: Money
  readonly items: number
  readonly firstOn: LocalDate
  readonly lastOn: LocalDate
}

export type PayableReach = { readonly contractId: string; readonly until: LocalDate }

/** Open payables by contract; those whose amounts cancel out are among them. */
export async function openPayables(ctx: TenantContext, reach: readonly PayableReach[]): Promise<OpenPayable[]> {
  if (reach.length === 0) return []
  const rows = await ctx.db.$queryRaw<
    (Omit<OpenPayable, 'paid' | 'amount'> & { currency: string; paidMinor: bigint; amountMinor: bigint })[]
  >`
    select i.contract_id as "contractId", i.account_id as "accountId", i.currency, sum(i.paid_minor)::bigint as "paidMinor",
      sum(i.amount_minor)::bigint as "amountMinor", count(*)::int as items, min(i.occurred_on)::text as "firstOn",
      max(i.occurred_on)::text as "lastOn"
    from settlement_items i
    join contracts c on c.tenant_id = i.tenant_id and c.id = i.contract_id and c.currency = i.currency
    join unnest(${sqlArray(reach, (r) => r.contractId)}::uuid[], ${sqlArray(reach, (r) => r.until)}::date[]) as r (contract_id, until)
      on r.contract_id = i.contract_id and i.occurred_on < r.until
    where i.tenant_id = ${ctx.tenantId}::uuid and i.kind = 'payable' and i.invoice_id is null
    group by i.contract_id, i.account_id, i.currency order by i.contract_id`
  return rows.map(({ currency, paidMinor, amountMinor, ...row }) => ({
    ...row,
    paid: money(paidMinor, currency),
    amount: money(amountMinor, currency),
  }))
}

/** Ties the open payables of a contract before `until` to the line of an invoice. Returns how many there were. */
export function markPayablesInvoiced(
  ctx: TenantContext,
  taken: PayableReach & { readonly invoiceId: string; readonly invoiceLineId: string },
): Promise<number> {
  return ctx.db.$executeRaw`
    update settlement_items i set invoice_id = ${taken.invoiceId}::uuid, invoice_line_id = ${taken.invoiceLineId}::uuid
    from contracts c
    where c.tenant_id = i.tenant_id and c.id = i.contract_id and c.currency = i.currency and i.tenant_id = ${ctx.tenantId}::uuid
      and i.contract_id = ${taken.contractId}::uuid and i.kind = 'payable' and i.invoice_id is null and i.occurred_on < ${taken.until}::date`
}

/** What resellers owe of their customers' payments in another currency than their contract's, which no invoice takes: by name, at most 200. */
export async function payablesAbroad(
  ctx: TenantContext,
): Promise<{ accountId: string; name: string; amount: Money; firstOn: LocalDate }[]> {
  const rows = await ctx.db.$queryRaw<{ accountId: string; name: string; currency: string; minor: bigint; firstOn: LocalDate }[]>`
    select i.account_id as "accountId", a.name, i.currency, sum(i.amount_minor)::bigint as minor, min(i.occurred_on)::text as "firstOn"
    from settlement_items i
    join contracts c on c.tenant_id = i.tenant_id and c.id = i.contract_id and c.currency <> i.currency
    join accounts a on a.tenant_id = i.tenant_id and a.id = i.account_id
    where i.tenant_id = ${ctx.tenantId}::uuid and i.kind = 'payable' and i.invoice_id is null
    group by i.account_id, a.name, i.currency having sum(i.amount_minor) <> 0
    order by a.name, i.currency limit 200`
  return rows.map(({ currency, minor, ...row }) => ({ ...row, amount: money(minor, currency) }))
}
