import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { readDefersFrom, saveDefersFrom } from '#app/db/ledger/deferral.server.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'

/**
 * Says from which day on fees in advance are deferred; null switches it off for documents to come. What is deferred already is released all
 * the same.
 */
export async function setDeferral(ctx: TenantContext, { from }: { readonly from: LocalDate | null }): Promise<void> {
  const before = await readDefersFrom(ctx)
  if (before === from) return
  await saveDefersFrom(ctx, from)
  await audit(ctx, { action: 'deferral.set', subjectKind: 'tenant', subjectId: ctx.tenantId, detail: { before, from } })
}
