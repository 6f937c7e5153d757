import type { TenantContext } from '#app/db/context.server.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { fromDecimal, type Money } from '#app/domain/money/money.ts'

export type ServerMonth = { readonly month: string; readonly amount: Money }

const shownMonths = 24

/** What a server, with its subscription, was charged in each billing month, net, the newest first. Sums are exact and rounded once. */
export async function readServerMonths({ db, tenantId }: TenantContext, serverId: string): Promise<ServerMonth[]> {
  const rows = await db.$queryRaw<{ month: string; amount: string; currency: string }[]>`
    select to_char(c.billing_period, 'YYYY-MM') as month, sum(c.amount)::text as amount, c.currency
    from charges c join resources r on r.tenant_id = c.tenant_id and r.subscription_id = c.subscription_id
    where c.tenant_id = ${tenantId}::uuid and r.id = ${serverId}::uuid
    group by 1, c.currency
    order by 1 desc, c.currency limit ${shownMonths}`
  return rows.map(({ month, amount, currency }) => ({ month, amount: fromDecimal(new Decimal(amount), currency) }))
}
