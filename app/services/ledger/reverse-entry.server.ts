import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { readEntry, readEntryPostings } from '#app/db/ledger/ledger.server.ts'
import { type NotReversible, whyNotReversible } from '#app/domain/ledger/entry-kind.ts'
import { reversalOf } from '#app/domain/ledger/postings.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { mirroredPrefix } from '#app/domain/statement/mirrored-entry.ts'
import { postEntry } from './post-entry.server.ts'

export type ReverseEntryInput = { readonly entryId: string; readonly reason: string }
export type ReverseEntryError = 'entry-not-found' | NotReversible

/**
 * Takes an entry back by a new one with every side turned round, booked today, with the reason on it. The first one stays as it is. Of two
 * at once one is refused.
 */
export async function reverseEntry(ctx: TenantContext, input: ReverseEntryInput): Promise<Result<void, ReverseEntryError>> {
  const entry = await readEntry(ctx, input.entryId)
  if (!entry) return err('entry-not-found')
  // What mirrors the parent's books follows them, and nothing else.
  if (entry.sourceKey.startsWith(mirroredPrefix)) return err('belongs-to-document')
  const problem = whyNotReversible(entry)
  if (problem) return err(problem)

  const sourceKey = `reversal:${entry.id}`
  const isBooked = await postEntry(ctx, {
    sourceKey,
    kind: 'reversal',
    accountId: entry.accountId,
    invoiceId: entry.invoiceId,
    postings: reversalOf(await readEntryPostings(ctx, entry.sourceKey)),
    reverses: { entryId: entry.id, reason: input.reason },
  })
  if (!isBooked) return err('already-reversed')

  await audit(ctx, {
    action: 'ledger-entry.reversed',
    subjectKind: 'ledger-entry',
    subjectId: entry.id,
    detail: { kind: entry.kind, sourceKey: entry.sourceKey, reason: input.reason },
  })
  return ok(undefined)
}
