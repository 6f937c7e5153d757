import { asSystem, type TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'

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
  /** Below the installation's own domain, or the seller's own. */
  readonly hostKind: 'fallback' | 'custom'
  /** The host that links to the store start with. */
  readonly mainHost: string
  readonly mainKind: 'fallback' | 'custom'
}

/** The tenant of a verified `host`, compared letter by letter; null when the host is nobody's. Reads across tenants. */
export function tenantOfVerifiedHost(host: string): Promise<HostTenant | null> {
  return asSystem('host lookup', async (db) => {
    const rows = await db.$queryRaw<HostTenant[]>`
      select t.tenant_id as "tenantId", d.host, t.slug, t.kind, t.legal_name as "legalName", t.language, t.currency, t.country,
        t.time_zone as "timeZone", t.status, d.kind as "hostKind", coalesce(main.host, d.host) as "mainHost",
        coalesce(main.kind, d.kind) as "mainKind"
      from store_domains d join tenants t on t.tenant_id = d.tenant_id
      left join lateral (
        select m.host, m.kind from store_domains m
        where m.tenant_id = d.tenant_id and m.verified_at is not null and m.state = 'active'
        order by m.is_primary desc, m.kind desc, m.created_at limit 1) main on true
      where d.host = ${host} and d.verified_at is not null and d.state <> 'released'`
    return rows[0] ?? null
  })
}

/** Whether `host` may have a certificate: proven, not failing, of a tenant that is not closed. Reads across tenants, by the key of hosts. */
export function isProvenHost(host: string): Promise<boolean> {
  return asSystem('certificate of a host', async (db) => {
    const rows = await db.$queryRaw<unknown[]>`
      select 1 from store_domains d join tenants t on t.tenant_id = d.tenant_id
      where d.host = ${host} and d.verified_at is not null and d.state in ('verified', 'active') and t.status <> 'closed'`
    return rows.length > 0
  })
}

/** The tenant that holds `host`, verified or not; null when it is free. Reads across tenants. */
export function holderOfHost(host: string): Promise<string | null> {
  return asSystem(
    'host lookup',
    async (db) => (await db.storeDomain.findUnique({ where: { host }, select: { tenantId: true } }))?.tenantId ?? null,
  )
}

/** Gives the tenant its host below the installation's own domain; false when the host belongs to another one. Safe to repeat. */
export async function claimFallbackHost(ctx: TenantContext, host: string): Promise<boolean> {
  const answering = { kind: 'fallback', state: 'active', isPrimary: true, verifiedAt: ctx.now, records: [] }
  await ctx.db.storeDomain.createMany({
    data: [{ tenantId: ctx.tenantId, id: newId(), host, ...answering, createdAt: ctx.now }],
    skipDuplicates: true,
  })
  // The unique key spans tenants, the reader does not: a host that stays unseen is somebody else's.
  return (await ctx.db.storeDomain.count({ where: { host } })) === 1
}

/**
 * The host every link to the tenant's store starts with, from the table and never from a request: the main one as long as it leads here,
 * else the one below the installation's own domain.
 */
export async function primaryHost(ctx: TenantContext): Promise<string | null> {
  const domain = await ctx.db.storeDomain.findFirst({
    where: { tenantId: ctx.tenantId, verifiedAt: { not: null }, state: 'active' },
    orderBy: [{ isPrimary: 'desc' }, { kind: 'desc' }, { createdAt: 'asc' }],
    select: { host: true },
  })
  return domain?.host ?? null
}
