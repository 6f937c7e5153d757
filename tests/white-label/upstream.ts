import type pg from 'pg'

/** What a seller's customers must never read: names and prices of those it buys from. */
export type Upstream = { readonly tenantId: string; readonly names: readonly string[]; readonly prices: readonly string[] }

/** Everybody above the seller, and the prices and sums it buys at that are not also those it sells at. */
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

/** Unit prices, amounts of charges, and the sums of documents and their lines; without zeros at their end. */
async function pricesOf(
  admin: pg.Client,
  { tenantIds, only }: { readonly tenantIds: readonly string[]; readonly only: 'all' | 'resellers' },
): Promise<string[]> {
  const { rows } = await admin.query<{ price: string }>(
    `with payers as (select tenant_id, id from accounts where tenant_id = any ($1) and ($2 = 'all' or child_tenant_id is not null)),
       figures as (
         select v.p from charges c join payers a on a.tenant_id = c.tenant_id and a.id = c.payer_account_id
           cross join lateral (values (c.unit_price), (round(c.amount, 2))) v (p) where c.amount <> 0
         union all
         select v.p / 100.0 from invoices i join payers a on a.tenant_id = i.tenant_id and a.id = i.account_id
           cross join lateral (values (i.net_minor), (i.tax_minor), (i.total_minor)) v (p)
         union all
         select v.p from invoice_lines l join payers a on a.tenant_id = l.tenant_id and a.id = l.account_id
           cross join lateral (values (l.unit_price), (l.net_minor / 100.0)) v (p))
     select distinct trim_scale(p)::text as price from figures`,
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
  const figures = figuresIn(text)
  return [...named, ...prices.filter((price) => figures.has(price))]
}

/** What draws: attributes of shapes in pages and pictures, and the same in the script that makes them. */
const shapes = /(?<=[\s{,])(?:d|points|transform|viewBox)[=:](?:"[^"]*"|'[^']*'|`[^`]*`)/g

/** The figures with decimals of a text, as the database writes them; what a drawing's shapes are made of are no figures. */
function figuresIn(text: string): Set<string> {
  const written = text.replace(shapes, '').match(/\d+(?:[.,'’\u00a0\u202f]\d{3})*[.,]\d+/g)
  return new Set((written ?? []).map(plainFigure))
}

function plainFigure(written: string): string {
  const point = Math.max(written.lastIndexOf('.'), written.lastIndexOf(','))
  return `${written.slice(0, point).replace(/\D/g, '')}.${written.slice(point + 1)}`.replace(/\.?0+$/, '')
}
