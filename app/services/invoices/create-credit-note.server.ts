import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { feeKindsOfLines, readCredited, releaseCharges } from '#app/db/credit/credits.server.ts'
import { readFinalisedInvoice } from '#app/db/documents/finalised-invoices.server.ts'
import { type InvoiceStateRow, lockInvoiceState, noteCredit } from '#app/db/documents/invoice-states.server.ts'
import { newId } from '#app/db/ids.server.ts'
import { lockWalletOfInvoice } from '#app/db/payments/wallets.server.ts'
import { type CreditFigures, type CreditLine, type CreditProblem, type CreditRequest, creditNote } from '#app/domain/invoice/credit-note.ts'
import { type CreditedBefore, lineRests } from '#app/domain/invoice/credit-rests.ts'
import type { FinalisedInvoice } from '#app/domain/invoice/finalised-invoice.ts'
import { statusOf } from '#app/domain/invoice/invoice-status.ts'
import { postingsOfInvoice, reversalOf } from '#app/domain/ledger/postings.ts'
import { type Money, money } from '#app/domain/money/money.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { localDateOf } from '#app/domain/time/local-date.ts'
import { sellerOf } from '../billing/draft-contracts.server.ts'
import { postEntry } from '../ledger/post-entry.server.ts'
import { takeDeferralBack } from '../ledger/take-deferral-back.server.ts'
import { giveBalanceBack } from '../wallet/give-balance-back.server.ts'
import { type NewDocument, placeDocument } from './place-document.server.ts'
import { creditedRevenue, postedDocument } from './posted-document.ts'
import { tellSettled } from './tell-settled.server.ts'

export type CreateCreditNoteInput = {
  readonly invoiceId: string
  readonly request: CreditRequest
  readonly reason: string
  /** Whether the charges of lines that are credited whole are charged again by the next run; otherwise they stay settled. */
  readonly isChargedAgain: boolean
}
export type CreateCreditNoteError = CreditProblem | 'invoice-not-found' | 'invoice-not-creditable'

export type CreatedCreditNote = { readonly creditNoteId: string; readonly number: string; readonly total: Money }

type Crediting = { readonly invoice: FinalisedInvoice; readonly state: InvoiceStateRow; readonly before: CreditedBefore }

/**
 * Credits an invoice in full, by an amount or by line, in a document with a number of its own. What the invoice still owes is settled
 * first, then balance that settled it goes back to where it came from; the rest of the credit stays with the account. Parallel credits of one invoice come one after the other, and together never
 * exceed it (B12).
 */
export async function createCreditNote(
  ctx: TenantContext,
  input: CreateCreditNoteInput,
): Promise<Result<CreatedCreditNote, CreateCreditNoteError>> {
  await lockWalletOfInvoice(ctx, input.invoiceId)
  const state = await lockInvoiceState(ctx, input.invoiceId)
  const stored = state && (await readFinalisedInvoice(ctx, input.invoiceId))
  if (!state || !stored) return err('invoice-not-found')
  if (!isCreditable(state)) return err('invoice-not-creditable')

  const before = await readCredited(ctx, input.invoiceId)
  const { invoice } = stored
  const figures = creditNote({ invoice, before, request: input.request, reason: input.reason })
  if (!figures.ok) return figures
  return ok(await credit(ctx, { invoice, state, before }, { ...input, figures: figures.value }))
}

/** A payable document that is neither void nor given up. */
export function isCreditable({ documentType, status }: Pick<InvoiceStateRow, 'documentType' | 'status'>): boolean {
  return (documentType === 'invoice' || documentType === 'debit-note') && status !== 'void' && status !== 'uncollectible'
}

async function credit(
  ctx: TenantContext,
  { invoice, state, before }: Crediting,
  input: CreateCreditNoteInput & { readonly figures: CreditFigures },
): Promise<CreatedCreditNote> {
  const { figures, reason } = input
  const feeKinds = await feeKindsOfLines(ctx, invoice.id)
  const lines = figures.lines.map((line) => ({ ...line, id: newId() }))
  const note = await placeDocument(ctx, {
    document: documentOf(ctx, { invoice, figures: { ...figures, lines }, reason }),
    numberPrefix: (await sellerOf(ctx)).numberPrefix,
    billingRunId: null,
    refersToId: invoice.id,
    creditsLineIds: new Map(lines.flatMap(({ id, creditsLineId }) => (creditsLineId ? [[id, creditsLineId] as const] : []))),
  })

  await settle(ctx, await withBalanceBack(ctx, { state, note, reason }), note)
  if (state.paidMinor < state.totalMinor) await tellSettled(ctx, state)
  const revenue = creditedRevenue(invoice, figures.lines, feeKinds)
  const postings = reversalOf(postingsOfInvoice(postedDocument(invoice.accountId, { ...figures, lines: revenue })))
  await postEntry(ctx, {
    sourceKey: `credit-note:${note.id}`,
    kind: 'credit-note',
    accountId: invoice.accountId,
    invoiceId: note.id,
    postings,
  })
  await takeDeferralBack(ctx, { invoice, before, note: { id: note.id, issueDate: note.issueDate, lines: figures.lines } })
  if (input.isChargedAgain) await releaseCharges(ctx, invoice.id, goneLines({ invoice, before }, figures.lines))
  await audit(ctx, {
    action: 'invoice.credited',
    subjectKind: 'invoice',
    subjectId: invoice.id,
    detail: { number: note.number, creditNoteId: note.id, totalMinor: figures.total.minor.toString(), reason },
  })
  return { creditNoteId: note.id, number: note.number, total: note.total }
}

type NumberedLines = { readonly lines: readonly (CreditLine & { readonly id: string })[] }

function documentOf(
  ctx: TenantContext,
  { invoice, figures, reason }: { invoice: FinalisedInvoice; figures: Omit<CreditFigures, 'lines'> & NumberedLines; reason: string },
): NewDocument {
  const issueDate = localDateOf(ctx.now, invoice.seller.timeZone)
  const { id: _, number: __, settlements: ___, ...facts } = invoice
  return {
    ...facts,
    ...figures,
    documentType: 'credit-note',
    issueDate,
    dueDate: issueDate,
    finalisedAt: ctx.now,
    refersTo: { number: invoice.number, issueDate: invoice.issueDate },
    reason,
    lines: figures.lines.map(({ creditsLineId: _line, ...line }) => line),
  }
}

/** Balance that settled what the credit takes off goes back to its grants; the state is the invoice's after that. */
async function withBalanceBack(
  ctx: TenantContext,
  { state, note, reason }: { state: InvoiceStateRow; note: FinalisedInvoice; reason: string },
): Promise<InvoiceStateRow> {
  const open = state.totalMinor - state.paidMinor
  if (note.total.minor <= open) return state
  const freed = await giveBalanceBack(ctx, { state, atMost: money(note.total.minor - open, state.currency), reason })
  return { ...state, paidMinor: state.paidMinor - freed.minor }
}

/** What is open of the invoice is settled first; the rest of the credit stays unused. */
async function settle(ctx: TenantContext, state: InvoiceStateRow, note: FinalisedInvoice): Promise<void> {
  const open = state.totalMinor - state.paidMinor
  const applied = note.total.minor < open ? note.total.minor : open
  const status = statusOf({ total: money(state.totalMinor, state.currency), paid: money(state.paidMinor + applied, state.currency) })
  const isNoted = await noteCredit(ctx, {
    invoiceId: state.invoiceId,
    creditNoteId: note.id,
    totalMinor: note.total.minor,
    appliedMinor: applied,
    status,
  })
  invariant(isNoted, `credit of ${note.total.minor} exceeds invoice ${state.number}`)
}

/** Lines of which nothing is left after this credit. */
function goneLines(crediting: Pick<Crediting, 'invoice' | 'before'>, lines: readonly CreditLine[]): string[] {
  const rests = lineRests(crediting)
  return lines.flatMap(({ creditsLineId, net }) => (creditsLineId && rests.get(creditsLineId)?.minor === net.minor ? [creditsLineId] : []))
}
