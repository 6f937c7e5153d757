import type { TenantContext } from '#app/db/context.server.ts'
import { ensureLedgerAccounts, insertEntry } from '#app/db/ledger.server.ts'
import type { EntryKind } from '#app/domain/ledger/entry-kind.ts'
import type { Posting } from '#app/domain/ledger/postings.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'

export type EntryInput = {
  readonly sourceKey: string
  readonly kind: EntryKind
  readonly accountId: string | null
  readonly invoiceId: string | null
  readonly postings: readonly Posting[]
  /** The seller's day it counts for; the date of its document, or today, unless said. */
  readonly bookedOn?: LocalDate
  /** Of a reversal: what it takes back, and why. */
  readonly reverses?: { readonly entryId: string; readonly reason: string }
}

/**
 * Books a balanced set of postings; the accounts they name are opened when the tenant's chart lacks them. A source key is booked once:
 * false when it is booked already.
 */
export async function postEntry(ctx: TenantContext, { bookedOn, reverses, ...entry }: EntryInput): Promise<boolean> {
  const chart = [...new Map(entry.postings.map(({ account }) => [account.code, account])).values()]
  const accounts = await ensureLedgerAccounts(ctx, chart)
  const postings = entry.postings.map(({ account, accountId, amount }) => {
    const ledgerAccountId = accounts.get(account.code)
    invariant(ledgerAccountId, `ledger account ${account.code} is not there`)
    return { ledgerAccountId, accountId, currency: amount.currency, amountMinor: amount.minor }
  })
  const reversal = { reversesId: reverses?.entryId ?? null, reason: reverses?.reason ?? null }
  return insertEntry(ctx, { ...entry, ...reversal, occurredAt: ctx.now, bookedOn: bookedOn ?? null, postings })
}
