import { migrationNotices, type NoticeRow } from '#app/db/catalog/plan-migrations.server.ts'
import { primaryHost } from '#app/db/sellers/hosts.server.ts'
import { ownTenant } from '#app/db/sellers/tenants.server.ts'
import { type Money, money } from '#app/domain/money/money.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { localDateOf } from '#app/domain/time/local-date.ts'
import type { TenantProcess } from '../tenant-process.server.ts'

/** What one customer is told of a migration. */
export type MigrationNotice = Pick<NoticeRow, 'itemId' | 'subscriptionId' | 'subscription' | 'fromPlan' | 'toPlan'> & {
  readonly to: { readonly name: string; readonly address: string; readonly language: string }
  /** First day of the new plan, where the seller is. */
  readonly date: string
  readonly current: Money
  readonly next: Money
  readonly seller: { readonly slug: string; readonly host: string; readonly country: string }
}

export type NoticePage = { readonly migrationId: string; readonly afterId: string | null; readonly limit: number }

/** The next customers of a migration to be told, in order of item. Who was left out is told nothing. */
export function nextNotices(process: TenantProcess<unknown>, page: NoticePage): Promise<MigrationNotice[]> {
  return process.inTenant(async (ctx) => {
    const [tenant, host] = [await ownTenant(ctx), await primaryHost(ctx)]
    invariant(tenant && host, `nextNotices: tenant ${ctx.tenantId} has no store domain`)
    const rows = await migrationNotices(ctx, page)
    return rows.map(({ name, email, language, currentMinor, nextMinor, currency, appliesAt, ...row }) => ({
      ...row,
      to: { name, address: email, language },
      date: localDateOf(appliesAt ?? ctx.now, tenant.timeZone),
      current: money(currentMinor, currency),
      next: money(nextMinor, currency),
      seller: { slug: tenant.slug, host, country: tenant.country },
    }))
  })
}
