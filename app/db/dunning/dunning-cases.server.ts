import type { LocalDate } from '#app/domain/time/local-date.ts'
import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'

/** What is overdue of an account in a currency, and where its dunning stands. Amounts in minor units. */
export type OverdueRow = {
  readonly accountId: string
  readonly accountName: string
  readonly segment: string | null
  readonly currency: string
  readonly caseId: string | null
  readonly policyId: string | null
  readonly chargedMinor: bigint
  readonly quietUntil: LocalDate | null
  readonly invoices: readonly OverdueInvoiceRow[]
}

/** Steps are position and day. */
export type OverdueInvoiceRow = {
  readonly id: string
  readonly number: string
  readonly dueOn: LocalDate
  readonly openMinor: string
  readonly isOwnFee: boolean
  readonly steps: readonly (readonly [number, LocalDate])[]
}

type OverdueQuery = { readonly today: LocalDate; readonly accountIds: readonly string[] }

/** Accounts of the tenant after `afterId` that owe something past its due date, by id. */
export async function overdueAccounts(
  ctx: TenantContext,
  { today, afterId, limit }: { readonly today: LocalDate; readonly afterId: string | null; readonly limit: number },
): Promise<string[]> {
  const rows = await ctx.db.$queryRaw<{ id: string }[]>`
    select distinct s.account_id::text as id from invoice_states s
    join invoices i on i.tenant_id = s.tenant_id and i.id = s.invoice_id
    where s.tenant_id = ${ctx.tenantId}::uuid and s.status in ('open', 'partly-paid') and s.paid_minor < s.total_minor
      and i.document_type in ('invoice', 'debit-note') and i.due_date < ${today}::date
      and (${afterId}::uuid is null or s.account_id > ${afterId}::uuid)
    order by 1 limit ${limit}`
  return rows.map(({ id }) => id)
}

/** What these accounts owe past its due date, one row per account and currency. */
export async function readOverdue(ctx: TenantContext, { today, accountIds }: OverdueQuery): Promise<OverdueRow[]> {
  return ctx.db.$queryRaw<OverdueRow[]>`
    with overdue as (
      select s.account_id, i.currency, i.id, i.number, i.due_date, s.total_minor - s.paid_minor as open_minor,
        exists (select from dunning_letters l where l.tenant_id = i.tenant_id and l.fee_document_id = i.id) as is_own_fee
      from invoice_states s join invoices i on i.tenant_id = s.tenant_id and i.id = s.invoice_id
      where s.tenant_id = ${ctx.tenantId}::uuid and s.account_id = any (${[...accountIds]}::uuid[]) and s.status in ('open', 'partly-paid')
        and s.paid_minor < s.total_minor and i.document_type in ('invoice', 'debit-note') and i.due_date < ${today}::date)
    select a.id::text as "accountId", a.name as "accountName", a.segment, o.currency, c.id::text as "caseId", c.policy_id::text as "policyId",
      coalesce((select sum(l.fee_minor + l.interest_minor) from dunning_letters l where l.tenant_id = a.tenant_id and l.case_id = c.id), 0)::bigint
        as "chargedMinor",
      (select max(g.until_on)::text from dunning_agreements g where g.tenant_id = a.tenant_id and g.account_id = a.id and g.state = 'standing')
        as "quietUntil",
      jsonb_agg(jsonb_build_object('id', o.id, 'number', o.number, 'dueOn', o.due_date::text, 'openMinor', o.open_minor::text,
        'isOwnFee', o.is_own_fee,
        'steps', (select coalesce(jsonb_agg(jsonb_build_array(d.position, d.done_on::text) order by d.position), '[]'::jsonb)
          from dunning_steps d where d.tenant_id = a.tenant_id and d.case_id = c.id and d.invoice_id = o.id))
        order by o.due_date, o.number) as invoices
    from overdue o
    join accounts a on a.tenant_id = ${ctx.tenantId}::uuid and a.id = o.account_id
    left join dunning_cases c on c.tenant_id = a.tenant_id and c.account_id = a.id and c.currency = o.currency and c.closed_at is null
    group by a.tenant_id, a.id, a.name, a.segment, o.currency, c.id, c.policy_id
    order by a.id, o.currency`
}

export type OpenCase = { readonly id: string; readonly accountId: string; readonly currency: string; readonly policyId: string }

/** Cases that are open, of one account or, after `afterId`, of all. */
export async function openCases(
  ctx: TenantContext,
  query: { accountId: string } | { afterId: string | null; limit: number },
): Promise<OpenCase[]> {
  const of = 'accountId' in query ? { accountId: query.accountId } : query.afterId === null ? {} : { id: { gt: query.afterId } }
  return ctx.db.dunningCase.findMany({
    where: { tenantId: ctx.tenantId, closedAt: null, ...of },
    select: { id: true, accountId: true, currency: true, policyId: true },
    orderBy: { id: 'asc' },
    take: 'limit' in query ? query.limit : 20,
  })
}

/** Opens the case of an account in a currency. Returns its id. */
export async function openCase(
  ctx: TenantContext,
  { accountId, currency, policyId, today }: { accountId: string; currency: string; policyId: string; today: LocalDate },
): Promise<string> {
  const id = newId()
  await ctx.db.dunningCase.createMany({
    data: [{ tenantId: ctx.tenantId, id, accountId, currency, policyId, openedOn: new Date(today) }],
  })
  return id
}

/** Ends a case: nothing is overdue any more. */
export async function closeCase(ctx: TenantContext, id: string): Promise<void> {
  await ctx.db.dunningCase.updateMany({ where: { tenantId: ctx.tenantId, id, closedAt: null }, data: { closedAt: ctx.now } })
}
