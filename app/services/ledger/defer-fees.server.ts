import type { TenantContext } from '#app/db/context.server.ts'
import { type BookedPart, insertDeferredParts, readDefersFrom } from '#app/db/ledger/deferral.server.ts'
import type { InvoiceDraft } from '#app/domain/invoice/build-invoice.ts'
import { bookMonthOf } from '#app/domain/ledger/accounting-period.ts'
import { addedUp, type DeferredPart, deferredByKind, deferredParts, discountOver, type ServiceLine } from '#app/domain/ledger/deferral.ts'
import { postingsOfDeferral } from '#app/domain/ledger/rules.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import type { TaxTreatment } from '#app/domain/tax/determine-tax.ts'
import { type LocalDate, localDateOf } from '#app/domain/time/local-date.ts'
import { sellerOf } from '../billing/draft-contracts.server.ts'
import { postEntries } from './post-entry.server.ts'

type Line = InvoiceDraft['lines'][number]

export type DeferrableInvoice = {
  readonly invoiceId: string
  readonly accountId: string
  readonly issueDate: LocalDate
  readonly draft: InvoiceDraft
  /** Of the lines of `draft`, in their order. */
  readonly lineIds: readonly string[]
}

/**
 * Defers what later months earn of the fees of finalised invoices, and of the discounts on them, where the seller has it switched on
 * for their day. In the transaction that books them: an invoice is deferred once.
 */
export async function deferFees(ctx: TenantContext, invoices: readonly DeferrableInvoice[]): Promise<void> {
  const from = await readDefersFrom(ctx)
  const own = from === null ? [] : invoices.filter(({ issueDate }) => issueDate >= from)
  if (own.length === 0) return
  const { timeZone } = await sellerOf(ctx)
  const deferred = own.map((invoice) => ({ ...invoice, parts: partsOf(invoice, timeZone) })).filter(({ parts }) => parts.length > 0)
  if (deferred.length === 0) return
  await insertDeferredParts(
    ctx,
    deferred.flatMap(({ invoiceId, parts }): BookedPart[] => parts.map((part) => ({ ...part, invoiceId, cause: 'invoice' }))),
  )
  await postEntries(
    ctx,
    deferred.map(({ invoiceId, accountId, issueDate, parts }) => ({
      sourceKey: `deferral:${invoiceId}`,
      kind: 'deferral' as const,
      accountId,
      invoiceId,
      bookedOn: issueDate,
      postings: postingsOfDeferral(deferredByKind(parts)),
    })),
  )
}

function partsOf({ draft, lineIds, issueDate }: DeferrableInvoice, zone: string): DeferredPart[] {
  const booked = bookMonthOf(issueDate)
  const services = draft.lines.flatMap((line, index) => {
    const lineId = lineIds[index]
    invariant(lineId, `line ${line.position} of an invoice has no id`)
    return line.discount ? discountedServices(draft, line, { lineId, zone }) : serviceOf(line, { lineId, zone })
  })
  return addedUp(services.flatMap((service) => deferredParts(service, booked)))
}

type Naming = { readonly lineId: string; readonly zone: string }

/** Only fees that come again pay for the time they name: a setup is done when it is charged, usage when it is measured. */
function serviceOf(line: Line, { lineId, zone }: Naming): ServiceLine[] {
  const { feeKind, net } = line
  if (feeKind !== 'recurring' && feeKind !== 'renewal') return []
  return [{ lineId, kind: feeKind, net, days: daysOf(line, zone) }]
}

/** The shares of a discount that were taken from such fees. */
function discountedServices(draft: InvoiceDraft, line: Line, { lineId, zone }: Naming): ServiceLine[] {
  const step = draft.discounts.find(({ discount, refusal }) => refusal === null && discount.id === line.discount?.discountId)
  const from = draft.lines.flatMap((each) => {
    const taken = step?.shares.get(each.key)
    if (!taken || each.discount || each.sectionAccountId !== line.sectionAccountId || !isTaxedAlike(each.treatment, line.treatment))
      return []
    return [{ feeKind: each.feeKind, service: { lineId, kind: 'discount' as const, days: daysOf(each, zone), taken } }]
  })
  if (from.every(({ service }) => service.taken.minor === 0n)) return []
  const shares = discountOver(
    line.net,
    from.map(({ service }) => service),
  )
  return shares.filter((_, index) => ['recurring', 'renewal'].includes(from[index]?.feeKind ?? ''))
}

function daysOf({ periodStart, periodEnd }: Line, zone: string): ServiceLine['days'] {
  return { start: localDateOf(periodStart, zone), end: localDateOf(periodEnd, zone) }
}

function isTaxedAlike(a: TaxTreatment, b: TaxTreatment): boolean {
  return a.category === b.category && a.rate.eq(b.rate)
}
