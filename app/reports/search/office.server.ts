import type { TenantContext } from '#app/db/context.server.ts'
import { sql } from '#app/db/sql.server.ts'
import { officeKinds } from '#app/domain/shared/search-kinds.ts'
import type { SearchWords } from '#app/domain/shared/search-words.ts'
import type { StaffPermission } from '#app/domain/tenancy/permissions.ts'
import { lookFor, productName, type SearchPart, ticketPart } from './parts.server.ts'
import type { SearchFound } from './shape.ts'

type Asked = {
  readonly words: SearchWords
  readonly language: string
  readonly can: (permission: StaffPermission) => boolean
}

/**
 * What staff may see of the seller and `words` name, at most eight of a kind with how many there are. Documents and tickets are found
 * by the index of their numbers; names are read through: docs/decisions/173-search-and-keys.md says what that takes.
 */
export function searchOffice(ctx: TenantContext, asked: Asked): Promise<SearchFound> {
  const parts = [...peopleParts(ctx, asked), ...serviceParts(ctx, asked), ...billingParts(ctx, asked)]
  return lookFor(ctx, { words: asked.words, parts, kinds: officeKinds })
}

function peopleParts({ tenantId }: TenantContext, { words, can }: Asked): SearchPart[] {
  const { anywhere } = words
  const people = sql`memberships m join users u on u.tenant_id = m.tenant_id and u.id = m.user_id`
  const person = { id: sql`m.id`, matches: sql`u.name ilike ${anywhere} or u.email ilike ${anywhere}` }
  return [
    {
      isBounded: true,
      mayLook: can('account:read'),
      publicKind: 'account',
      select: sql`select 'account' as kind, a.id, a.name, a.email as note, null::uuid as "placeId", false as "isExact" from accounts a`,
      among: sql`a.tenant_id = ${tenantId}::uuid`,
      id: sql`a.id`,
      matches: sql`a.name ilike ${anywhere} or a.email ilike ${anywhere}`,
    },
    {
      isBounded: true,
      mayLook: can('account:read'),
      publicKind: null,
      select: sql`select 'person' as kind, m.id, u.name, u.email as note, m.account_id as "placeId", false as "isExact" from ${people}`,
      among: sql`m.tenant_id = ${tenantId}::uuid and m.account_id is not null`,
      ...person,
    },
    {
      isBounded: true,
      mayLook: can('staff:write'),
      publicKind: null,
      select: sql`select 'staff' as kind, m.id, u.name, u.email as note, null::uuid as "placeId", false as "isExact" from ${people}`,
      among: sql`m.tenant_id = ${tenantId}::uuid and m.account_id is null`,
      ...person,
    },
  ]
}

/** Servers and orders stand on the page of their account. */
function serviceParts({ tenantId }: TenantContext, { words, can, language }: Asked): SearchPart[] {
  const { anywhere } = words
  const mayOpen = can('account:read')
  const account = sql`accounts a on a.tenant_id`
  return [
    {
      isBounded: true,
      mayLook: can('server:read') && mayOpen,
      publicKind: 'resource',
      select: sql`select 'server' as kind, r.id, r.name, concat_ws(' · ', r.address, a.name) as note, r.account_id as "placeId", false as "isExact"
        from resources r join ${account} = r.tenant_id and a.id = r.account_id`,
      among: sql`r.tenant_id = ${tenantId}::uuid and r.kind = 'server' and r.state <> 'deleted'`,
      id: sql`r.id`,
      matches: sql`r.name ilike ${anywhere} or r.address ilike ${anywhere}`,
    },
    {
      isBounded: true,
      mayLook: can('order:read') && mayOpen,
      publicKind: 'order',
      select: sql`select 'order' as kind, o.id, coalesce(o.input ->> 'name', ${productName(language)}, '') as name, a.name as note,
          o.account_id as "placeId", false as "isExact"
        from orders o join ${account} = o.tenant_id and a.id = o.account_id left join products p on p.tenant_id = o.tenant_id and p.id = o.product_id`,
      among: sql`o.tenant_id = ${tenantId}::uuid and o.lead_order_id is null`,
      id: sql`o.id`,
      matches: sql`o.input ->> 'name' ilike ${anywhere}`,
    },
    {
      isBounded: true,
      mayLook: can('subscription:read'),
      publicKind: 'subscription',
      select: sql`select 'subscription' as kind, s.id, s.name, a.name as note, null::uuid as "placeId", false as "isExact"
        from subscriptions s join ${account} = s.tenant_id and a.id = s.account_id`,
      among: sql`s.tenant_id = ${tenantId}::uuid`,
      id: sql`s.id`,
      matches: sql`s.name ilike ${anywhere}`,
    },
    {
      mayLook: can('catalog:read'),
      publicKind: 'product',
      select: sql`select 'product' as kind, p.id, ${productName(language)} as name, p.code as note, null::uuid as "placeId", false as "isExact"
        from products p`,
      among: sql`p.tenant_id = ${tenantId}::uuid`,
      id: sql`p.id`,
      matches: sql`p.code ilike ${anywhere} or exists (select from jsonb_each_text(p.name) w where w.value ilike ${anywhere})`,
    },
    ticketPart(tenantId, { words, mayLook: can('ticket:read') }),
  ]
}

/** Sorts behind every text that begins with what stands before it. */
const last = '\u{10ffff}'

function billingParts({ tenantId }: TenantContext, { words, can }: Asked): SearchPart[] {
  const { anywhere, text, number } = words
  const loud = text.toUpperCase()
  return [
    {
      mayLook: can('invoice:read'),
      publicKind: 'invoice',
      select: sql`select 'invoice' as kind, i.id, i.number as name, a.name as note, null::uuid as "placeId", i.number in (${text}, ${loud}) as "isExact"
        from invoices i join accounts a on a.tenant_id = i.tenant_id and a.id = i.account_id`,
      among: sql`i.tenant_id = ${tenantId}::uuid`,
      // Comparisons, and no pattern: under row-level security only these are looked up in an index.
      id: sql`i.id`,
      matches: sql`i.number >= ${text} and i.number < ${text + last} or i.number >= ${loud} and i.number < ${loud + last} or i.sequence = ${number}::int`,
    },
    {
      isBounded: true,
      mayLook: can('payment:read'),
      publicKind: 'payment',
      select: sql`select 'payment' as kind, y.id, coalesce(y.reference, y.payer_name, y.source_key) as name, a.name as note, null::uuid as "placeId",
          false as "isExact"
        from payments y join accounts a on a.tenant_id = y.tenant_id and a.id = y.account_id`,
      among: sql`y.tenant_id = ${tenantId}::uuid`,
      id: sql`y.id`,
      matches: sql`y.reference ilike ${anywhere} or y.payer_name ilike ${anywhere} or y.source_key = ${text}`,
    },
  ]
}
