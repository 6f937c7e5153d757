import type { TenantContext } from '#app/db/context.server.ts'
import { sql } from '#app/db/sql.server.ts'
import type { PublicKind } from '#app/domain/shared/ids.ts'
import { panelKinds } from '#app/domain/shared/search-kinds.ts'
import type { SearchWords } from '#app/domain/shared/search-words.ts'
import type { CustomerPermission } from '#app/domain/tenancy/permissions.ts'
import { lookFor, productName, type SearchPart, ticketPart } from './parts.server.ts'
import type { SearchFound } from './shape.ts'

type Asked = {
  readonly words: SearchWords
  readonly language: string
  readonly can: (permission: CustomerPermission) => boolean
}

/**
 * What the reader may see in the panel and `words` name, at most eight of a kind with how many there are. Each look reads what the accounts
 * in scope have, by their index; only what has a permission is looked at.
 */
export function searchPanel(ctx: TenantContext, asked: Asked): Promise<SearchFound> {
  const parts = [...thingParts(ctx, asked), ...billingParts(ctx, asked)]
  return lookFor(ctx, { words: asked.words, parts, kinds: panelKinds })
}

/** What there is of a cloud, and the ids it is known by. */
const resourceIds: readonly { readonly kind: string; readonly publicKind: PublicKind }[] = [
  { kind: 'server', publicKind: 'resource' },
  ...(['volume', 'address', 'network', 'load-balancer', 'dns-zone', 'image'] as const).map((kind) => ({ kind, publicKind: kind })),
]

function thingParts({ tenantId }: TenantContext, { words, can }: Asked): SearchPart[] {
  const { publicId, anywhere } = words
  const named = resourceIds.find(({ publicKind }) => publicKind === publicId?.kind)
  const kinds = named ? [named.kind] : resourceIds.map(({ kind }) => kind)
  const mayLook = can('server:read')
  return [
    {
      mayLook,
      publicKind: named?.publicKind ?? 'resource',
      select: sql`select r.kind, r.id, r.name, r.address as note, null::uuid as "placeId", false as "isExact" from resources r`,
      among: sql`r.tenant_id = ${tenantId}::uuid and r.kind = any (${kinds}::text[]) and r.state <> 'deleted'`,
      id: sql`r.id`,
      matches: sql`r.name ilike ${anywhere} or r.address ilike ${anywhere}`,
    },
    {
      mayLook,
      publicKind: null,
      select: sql`select 'application' as kind, a.id, a.name, a.location as note, null::uuid as "placeId", false as "isExact" from applications a`,
      among: sql`a.tenant_id = ${tenantId}::uuid`,
      id: sql`a.id`,
      matches: sql`a.name ilike ${anywhere}`,
    },
    {
      mayLook,
      publicKind: 'project',
      select: sql`select 'project' as kind, p.id, p.name, a.name as note, null::uuid as "placeId", false as "isExact"
        from projects p join accounts a on a.tenant_id = p.tenant_id and a.id = p.account_id`,
      among: sql`p.tenant_id = ${tenantId}::uuid`,
      id: sql`p.id`,
      matches: sql`p.name ilike ${anywhere}`,
    },
  ]
}

function billingParts({ tenantId }: TenantContext, { words, can, language }: Asked): SearchPart[] {
  const { anywhere, text } = words
  const product = productName(language)
  return [
    {
      mayLook: can('order:read'),
      publicKind: 'order',
      select: sql`select 'order' as kind, o.id, coalesce(${product}, '') as name, o.input ->> 'name' as note, null::uuid as "placeId", false as "isExact"
        from orders o left join products p on p.tenant_id = o.tenant_id and p.id = o.product_id`,
      among: sql`o.tenant_id = ${tenantId}::uuid and o.child_order_id is null and o.lead_order_id is null`,
      id: sql`o.id`,
      matches: sql`o.input ->> 'name' ilike ${anywhere} or ${product} ilike ${anywhere}`,
    },
    {
      mayLook: can('subscription:read'),
      publicKind: 'subscription',
      select: sql`select 'subscription' as kind, s.id, s.name, ${product} as note, null::uuid as "placeId", false as "isExact"
        from subscriptions s left join products p on p.tenant_id = s.tenant_id and p.id = s.product_id`,
      among: sql`s.tenant_id = ${tenantId}::uuid`,
      id: sql`s.id`,
      matches: sql`s.name ilike ${anywhere} or ${product} ilike ${anywhere}`,
    },
    {
      mayLook: can('invoice:read'),
      publicKind: 'invoice',
      select: sql`select 'invoice' as kind, i.id, i.number as name, i.issue_date::text as note, null::uuid as "placeId",
          lower(i.number) = lower(${text}) as "isExact" from invoices i`,
      among: sql`i.tenant_id = ${tenantId}::uuid`,
      id: sql`i.id`,
      matches: sql`i.number ilike ${anywhere}`,
    },
    ticketPart(tenantId, { words, mayLook: can('ticket:read') }),
  ]
}
