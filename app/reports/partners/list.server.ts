import type { TenantContext } from '#app/db/context.server.ts'
import { positionsOf } from '#app/db/credit/credit-positions.server.ts'
import { type ChildTenant, childTenants } from '#app/db/sellers/tenants.server.ts'
import { exposureOf } from '#app/domain/credit/exposure.ts'
import { type Money, money } from '#app/domain/money/money.ts'
import { toPublicId } from '#app/domain/shared/ids.ts'
import { localDateOf } from '#app/domain/time/local-date.ts'
import { readBalances } from '../accounts/balances.server.ts'
import { sellerMonth } from '../seller-month.server.ts'
import type { PartnerList } from './shape.ts'

type Row = {
  accountId: string
  name: string
  childTenantId: string
  level: string
  currency: string
  lastMonthMinor: bigint | null
}

/** The tenant's resellers by name: level, limit, what of it is used, what is overdue, what runs up, and last month's invoice. */
export async function listPartners(ctx: TenantContext): Promise<PartnerList> {
  const children = new Map((await childTenants(ctx.tenantId)).map((child) => [child.tenantId, child]))
  const found = await readResellers(ctx)
  const accountIds = found.map(({ accountId }) => accountId)
  const balances = await readBalances(ctx, accountIds)
  const positions = await positionsOf(ctx, accountIds)
  const rows = found.flatMap((row) => {
    const child = children.get(row.childTenantId)
    const balance = balances.get(row.accountId)
    const position = positions.get(row.accountId)
    if (!child || !balance || !position) return []
    const { overdue, accrued } = balance
    return [
      {
        ...identity(row, child),
        level: row.level,
        creditLimit: position.limit,
        exposure: exposureOf(position.parts),
        overdue,
        accrued,
        lastMonthNet: lastMonth(row),
      },
    ]
  })
  return { rows }
}

function identity({ accountId, name }: Row, { slug, host, status, depth }: ChildTenant) {
  return { accountId, publicId: toPublicId('account', accountId), name, slug, host, status, depth }
}

function lastMonth({ lastMonthMinor, currency }: Row): Money | null {
  return lastMonthMinor === null ? null : money(lastMonthMinor, currency)
}

async function readResellers(ctx: TenantContext): Promise<Row[]> {
  const { previous, zone } = await sellerMonth(ctx)
  const month = localDateOf(previous.start, zone)
  return ctx.db.$queryRaw<Row[]>`
    select a.id as "accountId", a.name, a.child_tenant_id as "childTenantId", p.name as level, k.currency,
      (select sum(case i.document_type when 'credit-note' then -i.net_minor else i.net_minor end)::bigint from invoices i
       join invoice_states s on s.tenant_id = i.tenant_id and s.invoice_id = i.id and s.status <> 'void' and i.document_type <> 'pro-forma'
       where i.tenant_id = a.tenant_id and i.account_id = a.id and i.period_start = ${month}::date and i.currency = k.currency) as "lastMonthMinor"
    from accounts a join contracts k on k.tenant_id = a.tenant_id and k.account_id = a.id
    join price_books p on p.tenant_id = k.tenant_id and p.id = k.price_book_id
    where a.tenant_id = ${ctx.tenantId}::uuid and a.child_tenant_id is not null
    order by lower(a.name), a.id limit 500`
}
