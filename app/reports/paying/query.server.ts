import type { TenantContext } from '#app/db/context.server.ts'
import { openDocuments } from '#app/db/payments/payment-allocations.server.ts'
import { readAttempt, targetsOf } from '#app/db/payments/payment-attempts.server.ts'
import { listPaymentMethods } from '#app/db/payments/payment-methods.server.ts'
import { type Money, money } from '#app/domain/money/money.ts'
import type { AttemptState } from '#app/domain/payment-attempt/attempt-state.ts'
import type { AttemptPurpose } from '#app/domain/payment-attempt/attempt-target.ts'
import { toPublicId } from '#app/domain/shared/ids.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'

/** A document that can be paid. */
export type PayableDocument = { readonly id: string; readonly number: string; readonly dueDate: LocalDate; readonly open: Money }

/** What a buyer owes in one currency, the document due first first. */
export type PayableDocuments = {
  readonly accountId: string
  readonly currency: string
  readonly documents: readonly PayableDocument[]
}

/**
 * What of an account is open: in the currency and of the account of the first of `chosen` that is open, else in the currency in which
 * something is due first. Null when nothing is open. A panel reads its own accounts only.
 */
export async function readPayable(ctx: TenantContext, accountId: string, chosen: readonly string[]): Promise<PayableDocuments | null> {
  const [first] = await ctx.db.$queryRaw<{ accountId: string; currency: string }[]>`
    select s.account_id as "accountId", i.currency
    from invoice_states s join invoices i on i.tenant_id = s.tenant_id and i.id = s.invoice_id
    where s.tenant_id = ${ctx.tenantId}::uuid and s.status in ('open', 'partly-paid') and i.document_type in ('invoice', 'debit-note')
      and (s.account_id = ${accountId}::uuid or i.id = any (${[...chosen]}::uuid[]))
    order by i.id = any (${[...chosen]}::uuid[]) desc, i.due_date, i.number limit 1`
  return first ? { ...first, documents: await openDocuments(ctx, first.accountId, first.currency) } : null
}

export type SavedMethodView = {
  readonly id: string
  readonly kind: 'card' | 'sepa-debit' | 'paypal'
  readonly label: string
  readonly lastDigits: string | null
  readonly expiresOn: LocalDate | null
  readonly isDefault: boolean
}

/** Saved ways to pay of an account, the default first. */
export async function listSavedMethods(ctx: TenantContext, accountId: string): Promise<SavedMethodView[]> {
  const methods = await listPaymentMethods(ctx, accountId)
  return methods.map(({ id, kind, label, lastDigits, expiresOn, isDefault }) => ({ id, kind, label, lastDigits, expiresOn, isDefault }))
}

/** Whether an account's due invoices are collected by themselves. */
export async function isAutoPayOn(ctx: TenantContext, accountId: string): Promise<boolean> {
  const where = { tenantId_accountId: { tenantId: ctx.tenantId, accountId } }
  return (await ctx.db.autoPayment.findUnique({ where, select: { isOn: true } }))?.isOn ?? false
}

/** One try to pay as its payer sees it. */
export type AttemptView = {
  readonly id: string
  readonly publicId: string
  readonly accountId: string
  readonly purpose: AttemptPurpose
  readonly state: AttemptState
  readonly amount: Money
  readonly captured: Money
  readonly failureCode: string | null
  readonly redirectUrl: string | null
  /** Whether the gateway took it over from its page and works on it. */
  readonly isUnderWay: boolean
  readonly at: Date
  readonly documents: readonly { readonly id: string; readonly number: string; readonly amount: Money }[]
  readonly orderId: string | null
  /** What was used: its name and last digits. */
  readonly method: Pick<SavedMethodView, 'label' | 'lastDigits'> | null
}

/** One try to pay, in the scope of its buyer; null when the scope holds none of that id. */
export async function readAttemptView(ctx: TenantContext, id: string): Promise<AttemptView | null> {
  const attempt = await readAttempt(ctx, id)
  if (!attempt) return null
  const { accountId, purpose, state, amount, captured, failureCode, redirectUrl, paymentMethodId } = attempt
  const targets = await targetsOf(ctx, id)
  const method = paymentMethodId
    ? await ctx.db.paymentMethod.findFirst({
        where: { tenantId: ctx.tenantId, id: paymentMethodId },
        select: { label: true, lastDigits: true },
      })
    : null
  return {
    id,
    accountId,
    purpose,
    state,
    amount,
    captured,
    failureCode,
    redirectUrl,
    method,
    publicId: toPublicId('attempt', id),
    isUnderWay: state === 'pending' && attempt.paymentRef !== null,
    at: attempt.finishedAt ?? attempt.createdAt,
    documents: await documentsOf(ctx, id),
    orderId: targets.find(({ kind }) => kind === 'order')?.id ?? null,
  }
}

async function documentsOf(ctx: TenantContext, attemptId: string): Promise<AttemptView['documents']> {
  const rows = await ctx.db.$queryRaw<{ id: string; number: string; minor: bigint; currency: string }[]>`
    select i.id, i.number, t.amount_minor as minor, i.currency
    from payment_attempt_targets t join invoices i on i.tenant_id = t.tenant_id and i.id = t.target_id
    where t.tenant_id = ${ctx.tenantId}::uuid and t.attempt_id = ${attemptId}::uuid and t.kind = 'invoice' order by i.due_date, i.number limit 500`
  return rows.map(({ id, number, minor, currency }) => ({ id, number, amount: money(minor, currency) }))
}
