import { isOrderedAlone } from '#app/db/catalog/offered-products.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { nextName } from '#app/domain/catalog/next-name.ts'
import { type PieceState, stateOfPieces } from '#app/domain/catalog/order-pieces.ts'
import { saleOf } from '#app/domain/catalog/service-sale.ts'
import { type Money, money } from '#app/domain/money/money.ts'
import { toPublicId, Uuid } from '#app/domain/shared/ids.ts'

export type OwnOrder = {
  readonly id: string
  readonly publicId: string
  /** Of what was ordered, in the reader's language. */
  readonly product: string
  /** As its buyer called it. */
  readonly name: string
  readonly state: PieceState
  readonly placedAt: Date
  /** How many things it has, and what they cost the first time together. */
  readonly count: number
  readonly total: Money
  /** The query of a checkout of the same once more, under a new name; null for what the store sells no more. */
  readonly again: string | null
}
export type OwnOrders = { readonly rows: readonly OwnOrder[]; readonly nextCursor: string | null }

type OrderedInput = {
  readonly name?: string
  readonly zone?: string
  readonly image?: string
  readonly imageId?: string
  readonly items?: readonly { readonly role: string; readonly quantity: string }[]
}

type Row = {
  readonly id: string
  readonly states: readonly PieceState[]
  /** Whether all its things are of one product. */
  readonly isAlike: boolean
  readonly placedAt: Date
  readonly currency: string
  readonly totalMinor: bigint
  readonly input: OrderedInput
  /** None for a product that the scope sees no more. */
  readonly productName: Readonly<Record<string, string>> | null
  readonly code: string
  /** Whether it is published, and what it is: not everything is ordered by itself. */
  readonly isPublished: boolean
  readonly kind: string
  readonly spec: unknown
  readonly options: readonly string[]
}

/** Orders of the scope, newest first, `limit` at a time. A cursor is the id of the last one shown; one that is not ours begins at the newest. */
export async function listOwnOrders(
  ctx: TenantContext,
  { limit, cursor, language }: { readonly limit: number; readonly cursor: string | null; readonly language: string },
): Promise<OwnOrders> {
  const before = Uuid.safeParse(cursor).success ? cursor : null
  const rows = await ctx.db.$queryRaw<Row[]>`
    select o.id, e.states, e."isAlike", e."totalMinor", o.placed_at as "placedAt", o.currency, o.input, p.name as "productName", coalesce(p.code, '') as code,
      coalesce(p.status = 'published', false) as "isPublished", coalesce(p.kind, '') as kind, p.spec,
      array(select q.code from jsonb_array_elements(coalesce(o.input -> 'items', '[]')) i
        join products q on q.tenant_id = o.tenant_id and q.id = (i ->> 'productId')::uuid and q.status = 'published'
        where i ->> 'role' = 'add-on' order by q.position, q.code) as options
    from orders o
    cross join lateral (
      select array_agg(e.state order by e.id) as states, sum(e.total_minor)::bigint as "totalMinor", count(distinct e.product_id) = 1 as "isAlike"
      from orders e where e.tenant_id = o.tenant_id and (e.id = o.id or e.lead_order_id = o.id)
    ) e
    left join products p on p.tenant_id = o.tenant_id and p.id = o.product_id
    where o.tenant_id = ${ctx.tenantId}::uuid and o.child_order_id is null and o.lead_order_id is null and (${before}::uuid is null or o.id < ${before}::uuid)
    order by o.id desc limit ${limit + 1}`
  const page = rows.slice(0, limit)
  const taken = await ctx.db.resource.findMany({
    where: { tenantId: ctx.tenantId, kind: 'server', state: { not: 'deleted' } },
    select: { name: true },
    orderBy: { id: 'asc' },
    take: 5_000,
  })
  const names = [...taken, ...page.map(({ input }) => input)].flatMap(({ name }) => name ?? [])
  const last = page.at(-1)
  return { rows: page.map((row) => toOrder(row, names, language)), nextCursor: rows.length > limit && last ? last.id : null }
}

function toOrder(row: Row, names: readonly string[], language: string): OwnOrder {
  const { id, states, placedAt, currency, totalMinor, input, productName, isPublished, isAlike } = row
  return {
    id,
    placedAt,
    publicId: toPublicId('order', id),
    product: productName?.[language] ?? productName?.en ?? row.code,
    state: stateOfPieces(states),
    count: states.length,
    name: input.name ?? '',
    total: money(totalMinor, currency),
    again: isPublished && isAlike && isOrderedAlone(row) ? againOf(row, names) : null,
  }
}

function againOf(row: Row, names: readonly string[]): string {
  const { code, input, options, states } = row
  const { name, zone, image, imageId, items = [] } = input
  if (saleOf(row)) {
    const units = items.find(({ role }) => role === 'main')?.quantity ?? '1'
    return new URLSearchParams({ service: code, units }).toString()
  }
  const server = zone && image ? { location: zone, image: imageId ?? image, name: nextName(name ?? code, names) } : {}
  return new URLSearchParams([
    ...Object.entries({ plan: code, ...server, ...(states.length > 1 ? { quantity: String(states.length) } : {}) }),
    ...options.map((option) => ['option', option]),
  ]).toString()
}
