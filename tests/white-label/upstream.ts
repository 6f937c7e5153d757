import type pg from 'pg'

/** What a seller's customers must never read: names and prices of those it buys from. */
export type Upstream = { readonly tenantId: string; readonly names: readonly string[]; readonly prices: readonly string[] }

/** Everybody above the seller, and the prices it buys at that are not also prices it sells at. */
export async function readUpstream(admin: pg.Client, slug: string): Promise<Upstream> {
  const { rows } = await admin.query<{ tenantId: string; slug: string; name: string; depth: number }>(
    `with recursive above as (
       select tenant_id, parent_tenant_id, slug, legal_name, 0 as depth from tenants where slug = $1
       union all
       select p.tenant_id, p.parent_tenant_id, p.slug, p.legal_name, a.depth + 1 from above a join tenants p on p.tenant_id = a.parent_tenant_id)
     select tenant_id as "tenantId", slug, legal_name as name, depth from above order by depth`,
    [slug],
  )
  const [seller, ...above] = rows
  if (!seller) throw new Error(`there is no seller ${slug}`)
  const bought = await pricesOf(admin, { tenantIds: above.map(({ tenantId }) => tenantId), only: 'resellers' })
  const sold = new Set(await pricesOf(admin, { tenantIds: [seller.tenantId], only: 'all' }))
  return {
    tenantId: seller.tenantId,
    names: [...new Set(['livery', ...above.flatMap(({ slug: theirs, name }) => [theirs, name.split(' ').slice(0, 2).join(' ')])])],
    prices: bought.filter((price) => !sold.has(price) && isTelling(price)),
  }
}

async function pricesOf(
  admin: pg.Client,
  { tenantIds, only }: { readonly tenantIds: readonly string[]; readonly only: 'all' | 'resellers' },
) {
  const { rows } = await admin.query<{ price: string }>(
    `select distinct trim_scale(p)::text as price from charges c join accounts a on a.tenant_id = c.tenant_id and a.id = c.payer_account_id
       cross join lateral (values (c.unit_price), (round(c.amount, 2))) v (p)
     where c.tenant_id = any ($1) and c.amount <> 0 and ($2 = 'all' or a.child_tenant_id is not null)`,
    [tenantIds, only],
  )
  return rows.map(({ price }) => price)
}

/** Figures of few digits stand for anything on a page: a count, a size, a day. */
function isTelling(price: string): boolean {
  return price.replace(/^[-0.]+|\./g, '').length >= 4 && price.includes('.')
}

/** The upstream's words found in a text: names in any case, prices as a machine or either kind of reader writes them. */
export function leaksIn(text: string, { names, prices }: Upstream): string[] {
  const small = text.toLowerCase()
  const named = names.filter((name) => new RegExp(`(?<![\\p{L}\\d])${name.toLowerCase()}(?![\\p{L}\\d])`, 'u').test(small))
  const figures = new Set(text.match(/\d+(?:[.,]\d+)+/g) ?? [])
  return [...named, ...prices.filter((price) => [price, price.replace('.', ',')].some((figure) => figures.has(figure)))]
}
