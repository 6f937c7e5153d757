import type { TenantContext } from '#app/db/context.server.ts'
import { money } from '#app/domain/money/money.ts'
import { toPublicId } from '#app/domain/shared/ids.ts'
import { readQuestions } from './questions.server.ts'
import type { AskedQuestion, ListRow, ScreenedRow } from './shape.ts'

type Row = Omit<ScreenedRow, 'publicId' | 'net' | 'questions'> & { readonly currency: string; readonly netMinor: bigint }

const shownAtOnce = 50

/** Orders that wait for a person, the oldest first, and the last ones that did not simply pass. */
export async function readReviews(ctx: TenantContext, language: string): Promise<{ open: ScreenedRow[]; decided: ScreenedRow[] }> {
  const read = (isOpen: boolean) => ctx.db.$queryRaw<Row[]>`
    select s.order_id as "orderId", s.account_id as "accountId", a.name as "accountName", a.email, a.country, a.created_at as "accountSince",
      o.currency, e."netMinor", e.pieces, s.verdict, s.score, s.reasons, g.address_hash as "addressHash", s.screened_at as "screenedAt",
      s.decision, coalesce(u.name, s.decided_by) as "decidedBy", s.decided_at as "decidedAt", s.note
    from order_screenings s
    join orders o on o.tenant_id = s.tenant_id and o.id = s.order_id
    join accounts a on a.tenant_id = s.tenant_id and a.id = s.account_id
    cross join lateral (
      select sum(e.net_minor)::bigint as "netMinor", jsonb_agg(jsonb_build_object('product', coalesce(p.name ->> ${language}, p.name ->> 'en', p.code),
        'name', coalesce(e.input ->> 'name', '')) order by e.id) as pieces
      from orders e join products p on p.tenant_id = e.tenant_id and p.id = e.product_id
      where e.tenant_id = o.tenant_id and (e.id = o.id or e.lead_order_id = o.id)
    ) e
    left join order_origins g on g.tenant_id = s.tenant_id and g.order_id = s.order_id
    left join users u on u.tenant_id = s.tenant_id and u.id::text = s.decided_by
    where s.tenant_id = ${ctx.tenantId}::uuid
      and case when ${isOpen} then s.verdict = 'review' and s.decision is null else s.decision is not null or s.verdict = 'refuse' end
    order by case when ${isOpen} then s.screened_at end, coalesce(s.decided_at, s.screened_at) desc, s.order_id
    limit ${shownAtOnce}`
  const [open, decided] = [await read(true), await read(false)]
  const questions = await readQuestions(
    ctx,
    open.map(({ orderId }) => orderId),
  )
  const toRow = (row: Row) => screenedRow(row, questions.get(row.orderId) ?? [])
  return { open: open.map(toRow), decided: decided.map(toRow) }
}

function screenedRow({ currency, netMinor, ...row }: Row, questions: readonly AskedQuestion[]): ScreenedRow {
  return { ...row, publicId: toPublicId('order', row.orderId), net: money(netMinor, currency), questions }
}

/** How many orders wait for a person. */
export function countOpenReviews(ctx: TenantContext): Promise<number> {
  return ctx.db.orderScreening.count({ where: { tenantId: ctx.tenantId, verdict: 'review', decision: null } })
}

/** What stands on the lists, the newest first. */
export async function readLists(ctx: TenantContext): Promise<ListRow[]> {
  return ctx.db.$queryRaw<ListRow[]>`
    select id, list, kind, value, note, added_at as "addedAt" from fraud_list_entries
    where tenant_id = ${ctx.tenantId}::uuid order by added_at desc, id limit 500`
}
