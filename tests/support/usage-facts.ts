import { inTenant } from '#app/db/context.server.ts'

export type ChargeRow = {
  readonly accountId: string
  readonly payerAccountId: string
  readonly meter: string
  readonly quantity: string
  readonly included: string
  readonly amount: string
  readonly currency: string
  readonly class: string
  readonly billingPeriod: string
}

/** Every charge of the tenant, in the order of making; decimals without trailing zeros. */
export function chargesOf(tenantId: string): Promise<ChargeRow[]> {
  return inTenant(
    tenantId,
    ({ db }) => db.$queryRaw<ChargeRow[]>`
    select account_id as "accountId", payer_account_id as "payerAccountId", meter, trim_scale(quantity)::text as quantity,
      trim_scale(included_quantity)::text as included, trim_scale(amount)::text as amount, currency, class, billing_period::text as "billingPeriod"
    from charges where tenant_id = ${tenantId}::uuid order by id`,
  )
}

/** What the tenant's usage costs in all, per currency, with every decimal. */
export async function totalOf(tenantId: string): Promise<string> {
  const rows = await inTenant(
    tenantId,
    ({ db }) => db.$queryRaw<{ total: string }[]>`
    select trim_scale(sum(amount))::text || ' ' || currency as total from charges where tenant_id = ${tenantId}::uuid group by currency order by currency`,
  )
  return rows.map((row) => row.total).join(', ')
}

/** Reasons of open quarantine, each with its number, e.g. `unmapped-owner 2`. */
export async function quarantineOf(tenantId: string): Promise<string[]> {
  const rows = await inTenant(
    tenantId,
    ({ db }) => db.$queryRaw<{ text: string }[]>`
    select reason || ' ' || count(*) as text from usage_quarantine where tenant_id = ${tenantId}::uuid and state = 'open' group by reason order by reason`,
  )
  return rows.map((row) => row.text)
}

export type BatchRow = {
  readonly received: number
  readonly stored: number
  readonly duplicates: number
  readonly conflicts: number
  readonly accepted: number
  readonly dropped: number
  readonly quarantined: number
  readonly state: string
}

/** What a batch counted, beside the raw records it really holds. */
export async function batchOf(tenantId: string, batchId: string): Promise<BatchRow> {
  const [row] = await inTenant(
    tenantId,
    ({ db }) => db.$queryRaw<BatchRow[]>`
    select received, duplicates, conflicts, accepted, dropped, quarantined, state,
      (select count(*)::int from raw_usage r where r.tenant_id = b.tenant_id and r.batch_id = b.id) as stored
    from usage_batches b where tenant_id = ${tenantId}::uuid and id = ${batchId}::uuid`,
  )
  return row as BatchRow
}

/** Rows, amounts and counters of a tenant's usage in one text: equal before and after whatever must change nothing. */
export async function stateOf(tenantId: string): Promise<string> {
  const rows = await inTenant(
    tenantId,
    ({ db }) => db.$queryRaw<{ line: string }[]>`
    select 'raw ' || content_key || revision || coalesce(quantity::text, '-') as line from raw_usage where tenant_id = ${tenantId}::uuid
    union all select 'usage ' || id || quantity from usage_records where tenant_id = ${tenantId}::uuid
    union all select 'quarantine ' || id || reason || state from usage_quarantine where tenant_id = ${tenantId}::uuid
    union all select 'charge ' || id || source_key || quantity || amount from charges where tenant_id = ${tenantId}::uuid
    union all select 'counter ' || counter_key || period_start || consumed from usage_counters where tenant_id = ${tenantId}::uuid
    union all select 'batch ' || id || accepted || '/' || quarantined || '/' || dropped from usage_batches where tenant_id = ${tenantId}::uuid
    order by line`,
  )
  return rows.map((row) => row.line).join('\n')
}
