import type { CreditFigures } from '#app/domain/invoice/credit-note.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { readInvoice } from '#app/reports/invoices/query.server.ts'
import { type CreateCreditNoteError, createCreditNote } from '#app/services/invoices/create-credit-note.server.ts'
import { previewCreditNote } from '#app/services/invoices/preview-credit-note.server.ts'
import type { StaffContext } from '#app/web/request/as-staff.server.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { type FieldErrors, parseForm } from '#app/web/request/parse-form.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'
import { type CreditValues, creditFormOf, readCreditRequest, shownLines } from './credit-form.ts'

/** What the form asks for, of which document. */
type CreditWish = {
  readonly invoiceId: string
  readonly intent: 'preview' | 'issue'
  readonly reason: string
  readonly isChargedAgain: boolean
  readonly values: CreditValues
}
type ReadForm =
  | { readonly ok: true; readonly wish: CreditWish; readonly typed: Readonly<Record<string, string>> }
  | { readonly ok: false; readonly refusal: { readonly fields: FieldErrors; readonly values: Readonly<Record<string, string>> } }

/** The form as it is sent. @throws 404 for an id that is none. */
export async function readCreditForm(request: Request, id: string | undefined): Promise<ReadForm> {
  const invoiceId = orNotFound(isUuid(id) ? id : null)
  const form = await parseForm(request, creditFormOf(shownLines))
  if (!form.ok) return { ok: false, refusal: { fields: form.error, values: form.values } }
  // Everything but the two choices is text or not there.
  const values = form.value as CreditValues & { intent: 'preview' | 'issue' }
  const typed = Object.fromEntries(Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined))
  const { intent, reason = '', again } = values
  return { ok: true, typed, wish: { invoiceId, intent, reason, isChargedAgain: again === 'on', values } }
}

/** What a credit comes to, or why there is none. */
export type CreditAnswer =
  | { readonly figures: Pick<CreditFigures, 'net' | 'tax' | 'total'> }
  | { readonly field: string }
  | { readonly problem: CreateCreditNoteError }

/** What was asked for: the figures, or the credit note itself. */
export async function credit(ctx: StaffContext, wish: CreditWish): Promise<CreditAnswer | { readonly creditNoteId: string }> {
  const { invoiceId, reason, isChargedAgain } = wish
  const invoice = orNotFound(await readInvoice(ctx, invoiceId))
  const lines = invoice.sections.flatMap((section) => section.lines)
  const request = readCreditRequest(wish.values, lines, invoice.total.currency)
  if (!request.ok) return { field: request.error }
  if (wish.intent === 'issue') {
    const made = await createCreditNote(ctx, { invoiceId, request: request.value, reason, isChargedAgain })
    return made.ok ? { creditNoteId: made.value.creditNoteId } : { problem: made.error }
  }
  const figures = (await previewCreditNote(ctx, { invoiceId, request: request.value }))?.figures
  invariant(figures, 'a credit was asked for')
  if (!figures.ok) return { problem: figures.error }
  const { net, tax, total } = figures.value
  return { figures: { net, tax, total } }
}
