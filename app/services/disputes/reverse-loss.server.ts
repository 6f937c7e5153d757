import type { TenantContext } from '#app/db/context.server.ts'
import { readEntryPostings } from '#app/db/ledger/ledger.server.ts'
import { entryIds } from '#app/db/payments/payments.server.ts'
import { reversalOf } from '#app/domain/ledger/postings.ts'
import { postEntry } from '../ledger/post-entry.server.ts'

export type ReverseLossInput = { readonly bookedAs: string; readonly accountId: string; readonly reason: string }

/** Takes a loss back that was booked under a key, once; nothing where none was. Safe to repeat. */
export async function reverseLoss(ctx: TenantContext, { bookedAs, accountId, reason }: ReverseLossInput): Promise<void> {
  const entryId = (await entryIds(ctx, [bookedAs])).get(bookedAs)
  if (!entryId || (await entryIds(ctx, [`reversal:${entryId}`])).size > 0) return
  const postings = reversalOf(await readEntryPostings(ctx, bookedAs))
  const reverses = { entryId, reason }
  await postEntry(ctx, { sourceKey: `reversal:${entryId}`, kind: 'reversal', accountId, invoiceId: null, postings, reverses })
}
