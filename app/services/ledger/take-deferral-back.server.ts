import type { TenantContext } from '#app/db/context.server.ts'
import { type DeferralCause, insertDeferredParts, readDeferredParts } from '#app/db/ledger/deferral.server.ts'
import type { CreditLine } from '#app/domain/invoice/credit-note.ts'
import { type CreditedBefore, isSameRate, lineRests, ratesLeft } from '#app/domain/invoice/credit-rests.ts'
import type { FinalisedInvoice } from '#app/domain/invoice/finalised-invoice.ts'
import { bookMonthOf } from '#app/domain/ledger/accounting-period.ts'
import { addedUp, type DeferredPart, deferredByKind, takenBack } from '#app/domain/ledger/deferral.ts'
import { postingsOfDeferral } from '#app/domain/ledger/rules.ts'
import type { Money } from '#app/domain/money/money.ts'
import { type LocalDate, localDateOf } from '#app/domain/time/local-date.ts'
import { sellerOf } from '../billing/draft-contracts.server.ts'
import { postEntry } from './post-entry.server.ts'

export type CreditedInvoice = {
  readonly invoice: FinalisedInvoice
  readonly before: CreditedBefore
  /** The credit note: its lines as it is made of, with the line each credits. */
  readonly note: { readonly id: string; readonly issueDate: LocalDate; readonly lines: readonly CreditLine[] }
}

/** Takes back what a credit note leaves nothing to earn of: of each later month the share of the line that is credited. */
export async function takeDeferralBack(ctx: TenantContext, { invoice, before, note }: CreditedInvoice): Promise<void> {
  let left = await readDeferredParts(ctx, invoice.id)
  if (left.length === 0) return
  const booked = bookMonthOf(note.issueDate)
  const rests = restsOf({ invoice, before })
  const taken: DeferredPart[] = []
  for (const credit of note.lines) {
    const { lineIds, rest } = rests(credit)
    const own = left.filter(({ lineId }) => lineIds.has(lineId))
    const parts = takenBack(own, { credited: credit.net, rest, booked })
    taken.push(...parts)
    left = addedUp([...left, ...parts])
  }
  const { accountId } = invoice
  await book(ctx, { accountId, invoiceId: note.id, cause: 'credit-note', bookedOn: note.issueDate, parts: addedUp(taken) })
}

/** Takes back everything that is still to earn of an invoice that is void from today on. */
export async function takeVoidedDeferralBack(
  ctx: TenantContext,
  { invoiceId, accountId }: { readonly invoiceId: string; readonly accountId: string },
): Promise<void> {
  const left = await readDeferredParts(ctx, invoiceId)
  if (left.length === 0) return
  const bookedOn = localDateOf(ctx.now, (await sellerOf(ctx)).timeZone)
  const parts = left.flatMap((part) => takenBack([part], { credited: part.amount, rest: part.amount, booked: bookMonthOf(bookedOn) }))
  await book(ctx, { accountId, invoiceId, cause: 'void', bookedOn, parts })
}

type Taken = {
  readonly accountId: string
  readonly invoiceId: string
  readonly cause: DeferralCause
  readonly bookedOn: LocalDate
  readonly parts: readonly DeferredPart[]
}

async function book(ctx: TenantContext, { accountId, invoiceId, cause, bookedOn, parts }: Taken): Promise<void> {
  if (parts.length === 0) return
  await insertDeferredParts(
    ctx,
    parts.map((part) => ({ ...part, invoiceId, cause })),
  )
  const sourceKey = `deferral-${cause}:${invoiceId}`
  await postEntry(ctx, { sourceKey, kind: 'deferral', accountId, invoiceId, bookedOn, postings: postingsOfDeferral(deferredByKind(parts)) })
}

/** What was left to credit before: of the line that is credited, or of all lines of the rate when an amount names none. */
function restsOf(crediting: Pick<CreditedInvoice, 'invoice' | 'before'>) {
  const ofLines = lineRests(crediting)
  const ofRates = ratesLeft(crediting)
  return ({ creditsLineId, net, taxCategory, taxRate }: CreditLine): { lineIds: ReadonlySet<string>; rest: Money } => {
    if (creditsLineId) return { lineIds: new Set([creditsLineId]), rest: ofLines.get(creditsLineId) ?? net }
    const isOfRate = isSameRate.bind(null, { category: taxCategory, rate: taxRate })
    const lines = crediting.invoice.lines.filter((line) => isOfRate({ category: line.taxCategory, rate: line.taxRate }))
    return { lineIds: new Set(lines.map(({ id }) => id)), rest: ofRates.find(isOfRate)?.base ?? net }
  }
}
