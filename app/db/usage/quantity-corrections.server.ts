import { Decimal } from '#app/domain/money/decimal.ts'
import type { Unit } from '#app/domain/usage/units.ts'
import type { TenantContext } from '../context.server.ts'

/** A usage record that takes the place of another, and the difference it makes to the charges of its account. */
export type QuantityCorrection = {
  readonly usageRecordId: string
  readonly accountId: string
  readonly accountName: string
  readonly meter: string
  readonly unit: Unit
  readonly resourceName: string | null
  readonly windowStart: Date
  /** Null: the account had nothing of it before. */
  readonly before: Decimal | null
  readonly after: Decimal
  /** In major units, unrounded, before tax; below zero it is given back. */
  readonly difference: Decimal
  readonly currency: string | null
  /** The newest invoice that what is replaced stands on; null: on none yet. */
  readonly invoiceNumber: string | null
  /** Why it cannot be rated: then everything stays as it was charged. */
  readonly refusal: string | null
}

type Row = Omit<QuantityCorrection, 'before' | 'after' | 'difference'> & { before: string | null; after: string; difference: string }

/** What each of `usageIds` corrects and what its charges come to, by account and window. */
export async function readQuantityCorrections(ctx: TenantContext, usageIds: readonly string[]): Promise<QuantityCorrection[]> {
  const rows = await ctx.db.$queryRaw<Row[]>`
    select u.id as "usageRecordId", u.account_id as "accountId", a.name as "accountName", u.meter, u.unit,
      coalesce(u.resource_name, u.resource_ref) as "resourceName", u.window_start as "windowStart", trim_scale(o.quantity)::text as before,
      trim_scale(u.quantity)::text as after, coalesce(c.amount, 0)::text as difference, c.currency, i.number as "invoiceNumber",
      q.reason as refusal
    from usage_records u
    join accounts a on a.tenant_id = u.tenant_id and a.id = u.account_id
    left join usage_records o on o.tenant_id = u.tenant_id and o.id = u.supersedes_id
    left join lateral (
      select sum(amount) as amount, min(currency) as currency from charges c where c.tenant_id = u.tenant_id and c.usage_record_id = u.id
    ) c on true
    left join lateral (
      select i.number from charges b join invoices i on i.tenant_id = b.tenant_id and i.id = b.invoice_id
      where b.tenant_id = o.tenant_id and b.usage_record_id = o.id order by i.finalised_at desc, i.id desc limit 1
    ) i on true
    left join lateral (
      select q.reason from usage_quarantine q
      where q.tenant_id = u.tenant_id and q.usage_record_id = u.id and q.state = 'open' limit 1
    ) q on true
    where u.tenant_id = ${ctx.tenantId}::uuid and u.id = any (${usageIds}::uuid[])
    order by a.name, u.window_start, u.id`
  return rows.map(({ before, after, difference, ...row }) => ({
    ...row,
    before: before === null ? null : new Decimal(before),
    after: new Decimal(after),
    difference: new Decimal(difference),
  }))
}
