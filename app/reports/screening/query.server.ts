import type { TenantContext } from '#app/db/context.server.ts'
import { money } from '#app/domain/money/money.ts'
import { toPublicId } from '#app/domain/shared/ids.ts'
import type { ListRow, ScreenedRow } from './shape.ts'

type Row = Omit<ScreenedRow, 'publicId' | 'net'> & { readonly currency: string; readonly netMinor: bigint }

const shownAtOnce = 50

/** Orders that wait for a person, the oldest first, and the last ones that did not simply pass. */
export async function readReviews(ctx: TenantContext): Promise<{ open: ScreenedRow[]; decided: ScreenedRow[] }> {
  const read = (isOpen: boolean) => ctx.db.$queryRaw<Row[]>`
    select s.order_id as "orderId", s.account_id as "accountId", a.name as "accountName", a.email, a.country, a.created_at as "accountSince",
      o.currency, o.net_minor as "netMinor", s.verdict, s.score, s.reasons, g.address_hash as "addressHash", s.screened_at as "screenedAt",
      s.decision, coalesce(u.name, s.decided_by) as "decidedBy", s.decided_at as "decidedAt", s.note
    from order_screenings s
    join orders o on o.tenant_id = s.tenant_id and o.id = s.order_id
    join accounts a on a.tenant_id = s.tenant_id and a.id = s.account_id
    left join order_origins g on g.tenant_id = s.tenant_id and g.order_id = s.order_id
    left join users u on u.tenant_id = s.tenant_id and u.id::text = s.decided_by
    where s.tenant_id = ${ctx.tenantId}::uuid
      and case when ${isOpen} then s.verdict = 'review' and s.decision is null else s.decision is not null or s.verdict = 'refuse' end
    order by case when ${isOpen} then s.screened_at end, coalesce(s.decided_at, s.screened_at) desc, s.order_id
    limit ${shownAtOnce}`
  return { open: (await read(true)).map(toRow), decided: (await read(false)).map(toRow) }
}

function toRow({ currency, netMinor, ...row }: Row): ScreenedRow {
  return { ...row, publicId: toPublicId('order', row.orderId), net: money(netMinor, currency) }
}

/** What stands on the lists, the newest first. */
export async function readLists(ctx: TenantContext): Promise<ListRow[]> {
  return ctx.db.$queryRaw<ListRow[]>`
    select id, list, kind, value, note, added_at as "addedAt" from fraud_list_entries
    where tenant_id = ${ctx.tenantId}::uuid order by added_at desc, id limit 500`
}
