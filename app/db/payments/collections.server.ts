import type { AttemptState } from '#app/domain/payment-attempt/attempt-state.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'
import type { TenantContext } from '../context.server.ts'

/** A document that is due, of an account that has its invoices collected by itself, and what would be charged. */
export type DueCollection = {
  readonly accountId: string
  readonly invoiceId: string
  readonly dueDate: LocalDate
  readonly currency: string
  readonly openMinor: bigint
  readonly paymentMethodId: string
}

const collectionsAtMost = 500

/** What is due up to `today`, the oldest first; at most 500. */
export function dueCollections(ctx: TenantContext, today: LocalDate): Promise<DueCollection[]> {
  return ctx.db.$queryRaw<DueCollection[]>`
    select s.account_id as "accountId", s.invoice_id as "invoiceId", i.due_date::text as "dueDate", i.currency,
      s.total_minor - s.paid_minor as "openMinor", m.id as "paymentMethodId"
    from auto_payments p
    join payment_methods m on m.tenant_id = p.tenant_id and m.account_id = p.account_id and m.is_default and m.state = 'active'
    join invoice_states s on s.tenant_id = p.tenant_id and s.account_id = p.account_id and s.status in ('open', 'partly-paid')
    join invoices i on i.tenant_id = s.tenant_id and i.id = s.invoice_id and i.document_type in ('invoice', 'debit-note')
    where p.tenant_id = ${ctx.tenantId}::uuid and p.is_on and i.due_date <= ${today}::date and s.total_minor > s.paid_minor
    order by i.due_date, i.number limit ${collectionsAtMost}`
}

export type TriedAttempt = {
  readonly key: string
  readonly state: AttemptState
  readonly failureCode: string | null
  readonly paymentMethodId: string | null
}

/** The attempts that were made of these deeds. */
export function attemptsOfKeys(ctx: TenantContext, keys: readonly string[]): Promise<TriedAttempt[]> {
  return ctx.db.$queryRaw<TriedAttempt[]>`
    select attempt_key as key, state, failure_code as "failureCode", payment_method_id as "paymentMethodId"
    from payment_attempts where tenant_id = ${ctx.tenantId}::uuid and attempt_key = any (${[...keys]}::text[]) order by created_at, id`
}

/** A saved way to pay that ends soon, with its owner. */
export type ExpiringMethod = {
  readonly id: string
  readonly accountId: string
  readonly label: string
  readonly lastDigits: string | null
  readonly expiresOn: LocalDate
  readonly noticedOn: LocalDate | null
}

/** Saved ways to pay whose last day lies between `today` and `until`; at most 500. */
export function expiringMethods(ctx: TenantContext, { today, until }: { today: LocalDate; until: LocalDate }): Promise<ExpiringMethod[]> {
  return ctx.db.$queryRaw<ExpiringMethod[]>`
    select id, account_id as "accountId", label, last_digits as "lastDigits", expires_on::text as "expiresOn",
      expiry_noticed_on::text as "noticedOn"
    from payment_methods
    where tenant_id = ${ctx.tenantId}::uuid and state = 'active' and expires_on between ${today}::date and ${until}::date
    order by expires_on, id limit ${collectionsAtMost}`
}

/** Notes on which day its owner was told that a way to pay ends. */
export async function noteExpiryTold(ctx: TenantContext, id: string, today: LocalDate): Promise<void> {
  await ctx.db.paymentMethod.updateMany({
    where: { tenantId: ctx.tenantId, id },
    data: { expiryNoticedOn: new Date(`${today}T00:00:00Z`) },
  })
}
