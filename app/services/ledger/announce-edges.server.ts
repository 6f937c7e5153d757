import type { TenantContext } from '#app/db/context.server.ts'
import { resellersAmong } from '#app/db/documents/parent-documents.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import type { Posting } from '#app/domain/ledger/postings.ts'
import { edgeAccounts } from '#app/domain/statement/mirrored-entry.ts'

const codes: ReadonlySet<string> = new Set(edgeAccounts.map(({ code }) => code))

/** Tells of every reseller whose debt or money these postings touch, so that its own books can follow. */
export async function announceEdges(ctx: TenantContext, postings: readonly Posting[]): Promise<void> {
  const touched = new Set(postings.flatMap(({ account, accountId }) => (accountId && codes.has(account.code) ? accountId : [])))
  if (touched.size === 0) return
  const resellers = await resellersAmong(ctx, [...touched])
  await enqueue(ctx, ...resellers.map((accountId) => ({ name: 'edge/changed' as const, data: { tenantId: ctx.tenantId, accountId } })))
}
