import { asSystem, type TenantContext } from './context.server.ts'
import { newId } from './ids.server.ts'

/** What a host tells about the seller behind it. */
export type HostTenant = {
  readonly tenantId: string
  readonly host: string
  readonly slug: string
  readonly kind: 'provider' | 'reseller'
  readonly legalName: string
  readonly language: string
  readonly currency: string
  readonly country: string
  readonly timeZone: string
  readonly status: 'active' | 'suspended' | 'closed'
}

/** The tenant of a verified `host`, compared letter by letter; null when the host is nobody's. Reads across tenants. */
export function tenantOfVerifiedHost(host: string): Promise<HostTenant | null> {
  return asSystem('host lookup', async (db) => {
    const rows = await db.$queryRaw<HostTenant[]>`
      select t.tenant_id as "tenantId", d.host, t.slug, t.kind, t.legal_name as "legalName", t.language, t.currency, t.country,
        t.time_zone as "timeZone", t.status
      from store_domains d join tenants t on t.tenant_id = d.tenant_id
      where d.host = ${host} and d.verified_at is not null`
    return rows[0] ?? null
  })
}

/** The tenant that holds `host`, verified or not; null when it is free. Reads across tenants. */
export function holderOfHost(host: string): Promise<string | null> {
  return asSystem(
    'host lookup',
    async (db) => (await db.storeDomain.findUnique({ where: { host }, select: { tenantId: true } }))?.tenantId ?? null,
  )
}

export type NewStoreDomain = { readonly host: string; readonly isPrimary: boolean; readonly isVerified: boolean }

/** Gives the tenant a host; false when the host belongs to another one. Safe to repeat. */
export async function claimHost(ctx: TenantContext, domain: NewStoreDomain): Promise<boolean> {
  const verifiedAt = domain.isVerified ? ctx.now : null
  await ctx.db.storeDomain.createMany({
    data: [{ tenantId: ctx.tenantId, id: newId(), host: domain.host, isPrimary: domain.isPrimary, verifiedAt, createdAt: ctx.now }],
    skipDuplicates: true,
  })
  // The unique key spans tenants, the reader does not: a host that stays unseen is somebody else's.
  return (await ctx.db.storeDomain.count({ where: { host: domain.host } })) === 1
}

/** The host every link to the tenant's store starts with, from the table and never from a request. */
export async function primaryHost(ctx: TenantContext): Promise<string | null> {
  const domain = await ctx.db.storeDomain.findFirst({
    where: { tenantId: ctx.tenantId, verifiedAt: { not: null } },
    orderBy: [{ isPrimary: 'desc' }, { createdAt: 'asc' }],
    select: { host: true },
  })
  return domain?.host ?? null
}
