import type { TenantContext } from '#app/db/context.server.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { fromDecimal, type Money, money } from '#app/domain/money/money.ts'
import type { Need } from './shape.ts'

export type OwnMoney = { readonly due: Money; readonly accrued: Money; readonly credit: Money; readonly needs: readonly Need[] }

type OpenInvoice = {
  readonly id: string
  readonly number: string
  readonly minor: string
  readonly currency: string
  readonly dueOn: string
}
type Row = {
  readonly dueMinor: bigint
  readonly accrued: string
  readonly creditMinor: bigint
  readonly open: readonly OpenInvoice[]
}

const invoicesAtMost = 5

/** What is due, what runs up and what is in hand: three figures of one statement; and the open invoices due first. */
export async function readOwnMoney(ctx: TenantContext, { currency, today }: { currency: string; today: string }): Promise<OwnMoney> {
  const [row] = await ctx.db.$queryRaw<Row[]>`
    with open as (
      select i.id, i.number, i.total_minor - s.paid_minor as minor, i.currency, i.due_date
      from invoice_states s join invoices i on i.tenant_id = s.tenant_id and i.id = s.invoice_id
      where s.tenant_id = ${ctx.tenantId}::uuid and s.status in ('open', 'partly-paid', 'overdue'))
    select coalesce((select sum(minor) from open where currency = ${currency}), 0)::bigint as "dueMinor",
      coalesce((select sum(c.amount) from charges c
        where c.tenant_id = ${ctx.tenantId}::uuid and c.currency = ${currency} and c.invoice_id is null), 0)::text as accrued,
      coalesce((select greatest(-sum(p.amount_minor), 0) from ledger_postings p
        where p.tenant_id = ${ctx.tenantId}::uuid and p.currency = ${currency} and p.account_id is not null), 0)::bigint as "creditMinor",
      coalesce((select jsonb_agg(jsonb_build_object('id', o.id, 'number', o.number, 'minor', o.minor::text, 'currency', o.currency,
          'dueOn', o.due_date::text) order by o.due_date, o.id)
        from (select * from open where minor > 0 order by due_date, id limit ${invoicesAtMost}) o), '[]') as open`
  return {
    due: money(row?.dueMinor ?? 0n, currency),
    accrued: fromDecimal(new Decimal(row?.accrued ?? 0), currency),
    credit: money(row?.creditMinor ?? 0n, currency),
    needs: (row?.open ?? []).map(({ id, number, dueOn, ...invoice }) => ({
      kind: dueOn < today ? ('invoice-overdue' as const) : ('invoice-open' as const),
      invoiceId: id,
      number,
      dueOn,
      amount: money(BigInt(invoice.minor), invoice.currency),
    })),
  }
}
