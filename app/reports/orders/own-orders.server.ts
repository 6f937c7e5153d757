import type { TenantContext } from '#app/db/context.server.ts'
import { nextName } from '#app/domain/catalog/next-name.ts'
import { type Money, money } from '#app/domain/money/money.ts'
import { toPublicId, Uuid } from '#app/domain/shared/ids.ts'

export type OwnOrder = {
  readonly id: string
  readonly publicId: string
  /** Of what was ordered, in the reader's language. */
  readonly product: string
  /** As its buyer called it. */
  readonly name: string
  readonly state: 'placed' | 'provisioning' | 'active' | 'failed' | 'refused'
  readonly placedAt: Date
  readonly total: Money
  /** The query of a checkout of the same once more, under a new name; null for what the store sells no more. */
  readonly again: string | null
}
export type OwnOrders = { readonly rows: readonly OwnOrder[]; readonly nextCursor: string | null }

type Row = {
  readonly id: string
  readonly state: OwnOrder['state']
  readonly placedAt: Date
  readonly currency: string
  readonly totalMinor: bigint
  readonly input: { readonly name?: string; readonly zone?: string; readonly image?: string }
  /** None for a product that the scope sees no more. */
  readonly productName: Readonly<Record<string, string>> | null
  readonly code: string
  readonly isSold: boolean
  readonly options: readonly string[]
}

/** Orders of the scope, newest first, `limit` at a time. A cursor is the id of the last one shown; one that is not ours begins at the newest. */
export async function listOwnOrders(
  ctx: TenantContext,
  { limit, cursor, language }: { readonly limit: number; readonly cursor: string | null; readonly language: string },
): Promise<OwnOrders> {
  const before = Uuid.safeParse(cursor).success ? cursor : null
  const rows = await ctx.db.$queryRaw<Row[]>`
    select o.id, o.state, o.placed_at as "placedAt", o.currency, o.total_minor as "totalMinor", o.input, p.name as "productName", coalesce(p.code, '') as code,
      coalesce(p.status = 'published' and p.kind in ('plan', 'bundle'), false) as "isSold",
      array(select q.code from jsonb_array_elements(coalesce(o.input -> 'items', '[]')) i
        join products q on q.tenant_id = o.tenant_id and q.id = (i ->> 'productId')::uuid and q.status = 'published'
        where i ->> 'role' = 'add-on' order by q.position, q.code) as options
    from orders o left join products p on p.tenant_id = o.tenant_id and p.id = o.product_id
    where o.tenant_id = ${ctx.tenantId}::uuid and o.child_order_id is null and (${before}::uuid is null or o.id < ${before}::uuid)
    order by o.id desc limit ${limit + 1}`
  const page = rows.slice(0, limit)
  const taken = await ctx.db.resource.findMany({
    where: { tenantId: ctx.tenantId, state: { not: 'deleted' } },
    select: { name: true },
    orderBy: { id: 'asc' },
    take: 5_000,
  })
  const names = [...taken, ...page.map(({ input }) => input)].flatMap(({ name }) => name ?? [])
  const last = page.at(-1)
  return { rows: page.map((row) => toOrder(row, names, language)), nextCursor: rows.length > limit && last ? last.id : null }
}

function toOrder(row: Row, names: readonly string[], language: string): OwnOrder {
  const { id, state, placedAt, currency, totalMinor, input, productName, isSold } = row
  return {
    ...{ id, state, placedAt, publicId: toPublicId('order', id) },
    product: productName?.[language] ?? productName?.en ?? row.code,
    name: input.name ?? '',
    total: money(totalMinor, currency),
    again: isSold ? againOf(row, names) : null,
  }
}

function againOf({ code, input: { name, zone, image }, options }: Row, names: readonly string[]): string {
  const server = zone && image ? { location: zone, image, name: nextName(name ?? code, names) } : {}
  return new URLSearchParams([...Object.entries({ plan: code, ...server }), ...options.map((option) => ['option', option])]).toString()
}
