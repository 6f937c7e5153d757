import type { TenantContext } from '#app/db/context.server.ts'

export type Places = {
  readonly locations: readonly { readonly code: string; readonly city: string }[]
  readonly images: readonly { readonly code: string; readonly name: string }[]
}

/** Where the seller's published plans are offered, and the images they come with; by code. */
export async function readPlaces({ db, tenantId }: TenantContext): Promise<Places> {
  const rows = await db.$queryRaw<{ kind: 'locations' | 'images'; code: string; name: string }[]>`
    select distinct on (e.kind, e.code) e.kind, e.code, e.name
    from products p
    cross join lateral (
      select 'locations' as kind, l ->> 'code' as code, l ->> 'city' as name from jsonb_array_elements(coalesce(p.spec -> 'locations', '[]')) l
      union all
      select 'images', i ->> 'code', i ->> 'name' from jsonb_array_elements(coalesce(p.spec -> 'images', '[]')) i
    ) e
    where p.tenant_id = ${tenantId}::uuid and p.status = 'published' and p.kind = 'plan'
    order by e.kind, e.code, p.id limit 200`
  const of = (kind: string) => rows.filter((row) => row.kind === kind)
  return {
    locations: of('locations').map(({ code, name }) => ({ code, city: name })),
    images: of('images').map(({ code, name }) => ({ code, name })),
  }
}
