import type pg from 'pg'
import { buildAccount, buildContract, buildPriceBook, buildProduct, buildTenant } from '#tests/support/builders.ts'

export const chargesEach = 20

/** Accounts that have charges of May too: whoever bills June has billed before. */
const billedBefore = 200

/**
 * One seller whose `accounts` each have a contract and twenty open charges of June: ten prices of traffic, each used in two halves; a few
 * have as many of May. The first is built as tests build it; the others are written by the server itself as copies of it. Returns the seller.
 */
export async function plantAccounts(admin: pg.Client, accounts: number): Promise<string> {
  const tenantId = await buildTenant()
  const meters = Array.from({ length: chargesEach / 2 }, (_, n) => ({
    feeKind: 'usage' as const,
    price: `0.${n + 1}1`,
    meter: `traffic.${n}`,
  }))
  const { priceBookId, priceVersionId, ruleIds } = await buildPriceBook(tenantId, meters)
  await buildProduct(tenantId)
  const accountId = await buildAccount(tenantId, { name: 'Customer 0' })
  const contractId = await buildContract(tenantId, { accountId, priceBookId })

  // The planted rows fit together by the way they are made: looking every reference up would take longer than the billing.
  await admin.query("set session_replication_role = 'replica'")
  await copyBuyers(admin, { tenantId, accountId, contractId, accounts })
  await admin.query(chargesOf('2026-06', 1, null), [tenantId, priceVersionId, ruleIds])
  await admin.query(chargesOf('2026-05', 0, billedBefore), [tenantId, priceVersionId, ruleIds])
  await admin.query(
    `update credit_positions p set rated_net = c.net from (select contract_id, sum(amount) as net from charges where tenant_id = $1 group by 1) c
     where p.tenant_id = $1 and p.contract_id = c.contract_id`,
    [tenantId],
  )
  await admin.query('reset session_replication_role')
  for (const table of ['accounts', 'contracts', 'credit_positions', 'charges']) await admin.query(`vacuum (analyze) ${table}`)
  return tenantId
}

type Buyers = { readonly tenantId: string; readonly accountId: string; readonly contractId: string; readonly accounts: number }

async function copyBuyers(admin: pg.Client, { tenantId, accountId, contractId, accounts }: Buyers): Promise<void> {
  await admin.query(
    'create temporary table buyer as select n, uuidv7() as account_id, uuidv7() as contract_id, uuidv7() as position_id from generate_series(1, $1) as n',
    [accounts - 1],
  )
  await admin.query(await copySql(admin, 'accounts', { id: 'b.account_id', name: `'Customer ' || b.n` }), [tenantId, accountId])
  await admin.query(await copySql(admin, 'contracts', { id: 'b.contract_id', account_id: 'b.account_id' }), [tenantId, contractId])
  // Where they stand, and what they may owe.
  const { rows } = await admin.query<{ id: string; positionId: string }>(
    'select id, position_id as "positionId" from credit_limits where tenant_id = $1',
    [tenantId],
  )
  const position = { id: 'b.position_id', contract_id: 'b.contract_id', account_id: 'b.account_id' }
  await admin.query(await copySql(admin, 'credit_positions', position), [tenantId, rows[0]?.positionId])
  const limit = { id: 'uuidv7()', position_id: 'b.position_id', account_id: 'b.account_id' }
  await admin.query(await copySql(admin, 'credit_limits', limit), [tenantId, rows[0]?.id])
}

/** A statement that copies the row $2 of $1 once for each buyer, with other values where `changes` says so. */
async function copySql(admin: pg.Client, table: string, changes: Readonly<Record<string, string>>): Promise<string> {
  const { rows } = await admin.query<{ name: string }>(
    "select column_name as name from information_schema.columns where table_schema = 'public' and table_name = $1 and is_generated = 'NEVER' order by ordinal_position",
    [table],
  )
  const names = rows.map((row) => row.name)
  const values = names.map((name) => changes[name] ?? `t.${name}`)
  return `insert into ${table} (${names.join(', ')}) select ${values.join(', ')} from ${table} t cross join buyer b where t.tenant_id = $1 and t.id = $2`
}

/** A statement that gives contracts, at most `limit`, their charges of a month. Their keys differ by `run`. */
function chargesOf(month: string, run: number, limit: number | null): string {
  return `
    insert into charges (tenant_id, id, account_id, payer_account_id, contract_id, source_key, category, class, frequency, fee_kind, meter, unit,
      quantity, included_quantity, billed_quantity, unit_price, amount, currency, price_version_id, price_rule_id, reason, resource_name,
      period_start, period_end, billing_period, created_at)
    select c.tenant_id, uuidv7(), c.account_id, c.account_id, c.id, 'usage:${run}:' || c.id || ':' || n, 'Usage', '', 'Usage-Based', 'usage',
      'traffic.' || n / 2, 'GB', 10 + n, 0, 10 + n, 0.11 + (n / 2) / 10.0, (10 + n) * (0.11 + (n / 2) / 10.0), 'EUR', $2,
      ($3::uuid[])[1 + n / 2], '{"kind":"usage"}', 'server-' || n / 2, '${month}-10T06:00:00Z'::timestamptz + n * interval '1 hour',
      '${month}-10T07:00:00Z'::timestamptz + n * interval '1 hour', '${month}-01', '2026-06-30T00:00:00Z'
    from (select * from contracts where tenant_id = $1 order by id limit ${limit}) c cross join generate_series(0, ${chargesEach - 1}) as n`
}
