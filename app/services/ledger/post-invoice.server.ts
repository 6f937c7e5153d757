import type { TenantContext } from '#app/db/context.server.ts'
import { ensureLedgerAccounts, insertEntry } from '#app/db/ledger.server.ts'
import type { InvoiceDraft } from '#app/domain/invoice/build-invoice.ts'
import { type Posting, postingsOfInvoice } from '#app/domain/ledger/postings.ts'
import { invariant } from '#app/domain/shared/invariant.ts'

export type PostInvoiceInput = { readonly invoiceId: string; readonly accountId: string; readonly draft: InvoiceDraft }

/** Books a finalised invoice: the buyer owes its total, against revenue and tax. One invoice is booked once; an invoice over nothing not at all. */
export async function postInvoice(ctx: TenantContext, input: PostInvoiceInput): Promise<void> {
  const postings = postingsOfInvoice(input.draft)
  if (postings.length === 0) return
  await postEntry(ctx, {
    sourceKey: `invoice:${input.invoiceId}`,
    kind: 'invoice',
    accountId: input.accountId,
    invoiceId: input.invoiceId,
    postings,
  })
}

export type EntryInput = {
  readonly sourceKey: string
  readonly kind: string
  readonly accountId: string | null
  readonly invoiceId: string | null
  readonly postings: readonly Posting[]
}

/** Books a balanced set of postings now; the accounts they name are opened when the tenant's chart lacks them. A source key is booked once. */
export async function postEntry(ctx: TenantContext, entry: EntryInput): Promise<void> {
  const chart = [...new Map(entry.postings.map(({ account }) => [account.code, account])).values()]
  const accounts = await ensureLedgerAccounts(ctx, chart)
  const postings = entry.postings.map(({ account, accountId, amount }) => {
    const ledgerAccountId = accounts.get(account.code)
    invariant(ledgerAccountId, `ledger account ${account.code} is not there`)
    return { ledgerAccountId, accountId, currency: amount.currency, amountMinor: amount.minor }
  })
  await insertEntry(ctx, { ...entry, occurredAt: ctx.now, postings })
}
