import type { TenantContext } from '../context.server.ts'

/** A private network that a server can join where it stands. */
export type OwnNetwork = { readonly id: string; readonly name: string; readonly zone: string; readonly range: string | null }

const most = 100

/** The private networks of an account that are ready, by name. */
export async function readOwnNetworks({ db, tenantId }: TenantContext, accountId: string): Promise<OwnNetwork[]> {
  const rows = await db.resource.findMany({
    where: { tenantId, accountId, kind: 'network', state: 'ready' },
    select: { id: true, name: true, zone: true, spec: true },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: most,
  })
  return rows.map(({ spec, ...network }) => ({ ...network, range: (spec as { range?: string }).range ?? null }))
}
