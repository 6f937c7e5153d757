import type { TenantContext } from '#app/db/context.server.ts'
import { ensureLedgerAccounts, insertEntries } from '#app/db/ledger/ledger.server.ts'
import type { EntryKind } from '#app/domain/ledger/entry-kind.ts'
import type { Posting } from '#app/domain/ledger/postings.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'
import { announceEdges } from './announce-edges.server.ts'

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
export async function postEntry(ctx: TenantContext, entry: EntryInput): Promise<boolean> {
  return (await postEntries(ctx, [entry])).has(entry.sourceKey)
}

/** The same for many at the cost of one. Returns the source keys of those that were not booked before. */
export async function postEntries(ctx: TenantContext, entries: readonly EntryInput[]): Promise<ReadonlySet<string>> {
  if (entries.length === 0) return new Set()
  const named = entries.flatMap(({ postings }) => postings.map(({ account }) => account))
  const accounts = await ensureLedgerAccounts(ctx, [...new Map(named.map((account) => [account.code, account])).values()])
  const rows = entries.map(({ bookedOn, reverses, postings, ...entry }) => ({
    ...entry,
    reversesId: reverses?.entryId ?? null,
    reason: reverses?.reason ?? null,
    occurredAt: ctx.now,
    bookedOn: bookedOn ?? null,
    postings: postings.map(({ account, accountId, amount }) => {
      const ledgerAccountId = accounts.get(account.code)
      invariant(ledgerAccountId, `ledger account ${account.code} is not there`)
      return { ledgerAccountId, accountId, currency: amount.currency, amountMinor: amount.minor }
    }),
  }))
  const booked = await insertEntries(ctx, rows)
  await announceEdges(
    ctx,
    entries.flatMap(({ sourceKey, postings }) => (booked.has(sourceKey) ? postings : [])),
  )
  return booked
}
