import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { insertCreditUse, markCreditUseReversed, readCreditUse } from '#app/db/credit/credit-uses.server.ts'
import { type InvoiceStateRow, lockInvoiceState } from '#app/db/documents/invoice-states.server.ts'
import { addSettled } from '#app/db/payments/payment-allocations.server.ts'
import { add, type Money, subtract } from '#app/domain/money/money.ts'
import { type CreditUseProblem, checkCreditUse, settledStatus } from '#app/domain/payment/allocation.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { tellSettled } from '../invoices/tell-settled.server.ts'
import { settledDocumentOf } from './allocate-payment.server.ts'

export type ApplyCreditInput = { readonly creditNoteId: string; readonly invoiceId: string; readonly amount: Money }
export type ApplyCreditError = CreditUseProblem | 'credit-note-not-found' | 'invoice-not-found'

/**
 * Settles a document by what is left of a credit note of the same buyer. The books know it already: a credit note lowers what the buyer
 * owes when it is issued. Two at once never use more than is left.
 */
export async function applyCredit(ctx: TenantContext, input: ApplyCreditInput): Promise<Result<void, ApplyCreditError>> {
  const { note, invoice } = await lockBoth(ctx, input)
  if (!note) return err('credit-note-not-found')
  if (!invoice) return err('invoice-not-found')
  const { creditNoteId, invoiceId, amount } = input
  const [credit, document] = [settledDocumentOf(note), settledDocumentOf(invoice)]
  const problem = checkCreditUse(credit, document, amount)
  if (problem) return err(problem)

  const status = settledStatus({ total: document.total, paid: add(document.paid, amount), isGivenUp: false })
  const isUsed = await addSettled(ctx, { invoiceId: creditNoteId, minor: amount.minor, status: note.status })
  const isSettled = await addSettled(ctx, { invoiceId, minor: amount.minor, status })
  invariant(isUsed && isSettled, `credit of ${amount.minor} exceeds ${note.number} or ${invoice.number}`)
  const creditUseId = await insertCreditUse(ctx, { creditNoteId, invoiceId, amount, accountId: note.accountId })
  await audit(ctx, {
    action: 'credit.used',
    subjectKind: 'invoice',
    subjectId: invoiceId,
    detail: { creditUseId, creditNote: note.number, number: invoice.number, amountMinor: amount.minor.toString() },
  })
  await tellSettled(ctx, invoice)
  return ok(undefined)
}

export type TakeBackCreditInput = { readonly creditUseId: string; readonly reason: string }

/** Takes the use of a credit note back: the credit is unused again, the document open by as much. Safe to repeat. */
export async function takeBackCredit(ctx: TenantContext, input: TakeBackCreditInput): Promise<Result<void, 'credit-use-not-found'>> {
  const use = await readCreditUse(ctx, input.creditUseId)
  if (!use) return err('credit-use-not-found')
  const { note, invoice } = await lockBoth(ctx, use)
  invariant(note && invoice, `credit use ${use.id} has no document`)
  if (!(await markCreditUseReversed(ctx, use.id, input.reason))) return ok(undefined)

  const document = settledDocumentOf(invoice)
  const status = settledStatus({ total: document.total, paid: subtract(document.paid, use.amount), isGivenUp: false })
  const isFreed = await addSettled(ctx, { invoiceId: use.creditNoteId, minor: -use.amount.minor, status: note.status })
  const isOpened = await addSettled(ctx, { invoiceId: use.invoiceId, minor: -use.amount.minor, status })
  invariant(isFreed && isOpened, `credit use ${use.id} settled more than its documents say`)
  await audit(ctx, {
    action: 'credit.taken-back',
    subjectKind: 'invoice',
    subjectId: use.invoiceId,
    detail: { creditUseId: use.id, creditNote: note.number, number: invoice.number, reason: input.reason },
  })
  return ok(undefined)
}

type Both = { readonly note: InvoiceStateRow | undefined; readonly invoice: InvoiceStateRow | undefined }

/** Both documents held in the order of their ids, so that two transactions never wait for each other. */
async function lockBoth(ctx: TenantContext, ids: { readonly creditNoteId: string; readonly invoiceId: string }): Promise<Both> {
  const held = new Map<string, InvoiceStateRow | undefined>()
  for (const id of [ids.creditNoteId, ids.invoiceId].sort()) held.set(id, await lockInvoiceState(ctx, id))
  return { note: held.get(ids.creditNoteId), invoice: held.get(ids.invoiceId) }
}
