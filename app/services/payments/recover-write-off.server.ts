import type { TenantContext } from '#app/db/context.server.ts'
import { readFinalisedInvoice } from '#app/db/documents/finalised-invoices.server.ts'
import type { InvoiceStateRow } from '#app/db/documents/invoice-states.server.ts'
import { readEntryPostings } from '#app/db/ledger/ledger.server.ts'
import { type Money, money } from '#app/domain/money/money.ts'
import { postingsOfRecovery } from '#app/domain/payment/recovery.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { postedDocument } from '../invoices/posted-document.ts'
import type { EntryInput } from '../ledger/post-entry.server.ts'

export type RecoveryFacts = { readonly allocationId: string; readonly state: InvoiceStateRow; readonly recovered: Money }

/** The entry that brings back what was given up of a document and is paid after all. `state` is the one before the payment. */
export async function recoveryEntries(ctx: TenantContext, { allocationId, state, recovered }: RecoveryFacts): Promise<EntryInput[]> {
  const stored = await readFinalisedInvoice(ctx, state.invoiceId)
  invariant(stored, `recoveryEntries: ${state.number} is not there`)
  const writtenOff = await readEntryPostings(ctx, `write-off:${state.invoiceId}`)
  const postings = postingsOfRecovery({
    invoice: postedDocument(state.accountId, { ...stored.invoice, lines: [] }),
    givenUp: money(state.totalMinor - state.paidMinor, state.currency),
    recovered,
    isTaxCorrected: writtenOff.some(({ account }) => account.code.startsWith('tax-payable.')),
  })
  const fact = { accountId: state.accountId, invoiceId: state.invoiceId }
  return [{ ...fact, sourceKey: `recovery:${allocationId}`, kind: 'write-off', postings }]
}
