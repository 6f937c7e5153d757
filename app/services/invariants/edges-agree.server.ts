import { inPanel, inTenant } from '#app/db/context.server.ts'
import { type EdgeEntryRow, type EdgePlace, edgeLedgerAccounts, readEdgeEntries } from '#app/db/documents/statements.server.ts'
import { type MirroredFacts, mirroredEntries, mirroredFacts } from '#app/db/invariants/edges.server.ts'
import { type Examined, idsAtMost } from '#app/db/invariants/examined.server.ts'
import type { TenantRow } from '#app/db/sellers/tenants.server.ts'

const pageSize = 1_000
/** How long a parent's entry may wait for the job that mirrors it. */
const graceMs = 60 * 60 * 1000

/**
 * I19: what a parent's books say a reseller owes, and what the reseller's own books say, differ: an entry without its other side, or with
 * another amount, currency or day. The parent's rows are read as the tenant itself may read them.
 */
export async function edgesDisagree({ tenantId, parentTenantId, parentAccountId, isOperatingUnit }: TenantRow): Promise<Examined> {
  const found = { examined: 0, violations: 0, ids: [] as string[] }
  if (!parentTenantId || !parentAccountId || isOperatingUnit) return found
  const ledgerAccountIds = await inTenant(parentTenantId, edgeLedgerAccounts)
  const seen = new Set<string>()
  for (let after: EdgePlace | null = null; ; ) {
    const page = { accountId: parentAccountId, ledgerAccountIds, after, limit: pageSize }
    const entries: EdgeEntryRow[] = await inPanel(parentTenantId, [parentAccountId], (ctx) => readEdgeEntries(ctx, page))
    const broken = await inTenant(tenantId, async (ctx) => {
      const own = await mirroredFacts(
        ctx,
        entries.map(({ id }) => id),
      )
      const isLate = ({ createdAt }: EdgeEntryRow) => ctx.now.getTime() - createdAt.getTime() > graceMs
      return entries.filter((entry) => !agrees(entry, own.get(entry.id)) && (own.has(entry.id) || isLate(entry)))
    })
    for (const { id } of entries) seen.add(id)
    found.examined += entries.length
    found.violations += broken.length
    found.ids.push(...broken.slice(0, idsAtMost - found.ids.length).map(({ sourceKey }) => sourceKey))
    after = entries.at(-1) ?? null
    if (entries.length < pageSize) break
  }
  const strays = (await inTenant(tenantId, mirroredEntries)).filter(({ parentEntryId }) => !seen.has(parentEntryId))
  found.violations += strays.length
  found.ids.push(...strays.slice(0, idsAtMost - found.ids.length).map(({ sourceKey }) => sourceKey))
  return found
}

function agrees(entry: EdgeEntryRow, own: MirroredFacts | undefined): boolean {
  return own !== undefined && own.owedMinor === entry.owedMinor && own.currency === entry.currency && own.bookedOn === entry.bookedOn
}
