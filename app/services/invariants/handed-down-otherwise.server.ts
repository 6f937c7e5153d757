import { inPanel, inTenant } from '#app/db/context.server.ts'
import { type Examined, idsAtMost } from '#app/db/invariants/examined.server.ts'
import { nextHandedDown, usageFacts } from '#app/db/invariants/usage.server.ts'
import type { TenantRow } from '#app/db/sellers/tenants.server.ts'

const pageSize = 5_000
const beforeAll = '00000000-0000-0000-0000-000000000000'

/**
 * I18, second half: usage that a parent handed down and that is not the same thing there: meter, unit, quantity and time. The parent's
 * rows are read as the tenant itself may read them, as what its own account used there.
 */
export async function handedDownOtherwise({ tenantId, parentTenantId, parentAccountId }: TenantRow): Promise<Examined> {
  const found = { examined: 0, violations: 0, ids: [] as string[] }
  if (!parentTenantId || !parentAccountId) return found
  for (let afterId = beforeAll; ; ) {
    const after = afterId
    const page = await inTenant(tenantId, (ctx) => nextHandedDown(ctx, after, pageSize))
    const sources = page.map(({ sourceUsageId }) => sourceUsageId)
    const above = await inPanel(parentTenantId, [parentAccountId], (ctx) => usageFacts(ctx, sources))
    const broken = page.filter(({ sourceUsageId, facts }) => above.get(sourceUsageId) !== facts)
    found.examined += page.length
    found.violations += broken.length
    found.ids.push(...broken.slice(0, idsAtMost - found.ids.length).map(({ id }) => id))
    const last = page.at(-1)
    if (!last || page.length < pageSize) return found
    afterId = last.id
  }
}
