import type pg from 'pg'

/** What belongs to the seller is the same in every copy. */
const ofSeller = /^(tenant|price_book|price_version|price_rule|product|gateway_account|ledger_account|billing_run)_id$/
const ofBuyer = /^((payer_|section_)?account_id|contract_id)$/

/** Tables of which each buyer has rows of its own, and those of which it has them in each month. */
const tables = {
  buyer: ['accounts', 'contracts', 'credit_positions'],
  month: [
    'charges',
    'invoices',
    'invoice_lines',
    'invoice_taxes',
    'invoice_states',
    'ledger_entries',
    'ledger_postings',
    'ledger_balances',
    'payments',
    'payment_allocations',
    'payment_attempts',
    'payment_attempt_targets',
    'gateway_exchanges',
    'deliveries',
    'exports',
  ],
} as const

/** What must differ from row to row though it is no id. */
const texts: Readonly<Record<string, string>> = {
  'accounts.name': "t.name || ' ' || c.n",
  // What is sealed opens in its own row alone.
  'accounts.address_lines': "'{Gasse 1}'",
  'gateway_exchanges.path': "'/v1/payments'",
  'gateway_exchanges.request': "'{}'",
  'gateway_exchanges.answer': "'{}'",
  'invoices.buyer': `jsonb_set(t.buyer, '{addressLines}', '["Gasse 1"]')`,
  'invoices.number': "t.number || '-' || c.n",
  'invoices.sequence': 't.sequence + c.n',
  'invoice_states.period_key': 'null',
  'ledger_entries.source_key': "t.source_key || ':' || c.n",
  'charges.source_key': "t.source_key || ':' || c.n",
  'payments.source_key': "t.source_key || ':' || c.n",
  'payment_attempts.payment_ref': "t.payment_ref || ':' || c.n",
  'payment_attempts.attempt_key': "t.attempt_key || ':' || c.n",
  'deliveries.message_key': "t.message_key || ':' || c.n",
  'deliveries.link_hash': 'null',
}

export type Copies = { readonly tenantId: string; readonly buyers: number; readonly months: number }

/**
 * Gives a seller with one buyer so many more like it, each with all that the first one has in each of the last months. Ids are made of those of
 * the first, so that what belongs together stays together.
 */
export async function copyBuyers(admin: pg.Client, { tenantId, buyers, months }: Copies): Promise<void> {
  await admin.query("set session_replication_role = 'replica'")
  await admin.query('create temporary table copies as select buyer, 0 as n, 0 as months from generate_series(1, $1) buyer', [buyers - 1])
  for (const table of tables.buyer) await copyTable(admin, table, tenantId)
  await admin.query('truncate copies')
  await admin.query(
    `insert into copies select buyer, row_number() over (order by months, buyer), months
     from generate_series(0, $1) buyer, generate_series(0, $2) months where buyer > 0 or months > 0`,
    [buyers - 1, months - 1],
  )
  for (const table of tables.month) await copyTable(admin, table, tenantId)
  await admin.query('reset session_replication_role')
}

async function copyTable(admin: pg.Client, table: string, tenantId: string): Promise<void> {
  const { rows } = await admin.query<{ name: string; type: string }>(
    `select column_name as name, data_type as type from information_schema.columns
     where table_schema = 'public' and table_name = $1 and is_generated = 'NEVER' order by ordinal_position`,
    [table],
  )
  const isOfBuyer = tables.buyer.some((own) => own === table)
  const values = rows.map(({ name, type }) => texts[`${table}.${name}`] ?? copiedValue(name, type, isOfBuyer))
  const names = rows.map(({ name }) => name).join(', ')
  await admin.query(
    `insert into ${table} (${names}) select ${values.join(', ')} from ${table} t, copies c where t.tenant_id = $1${table === 'ledger_balances' ? ' and t.account_id is not null' : ''}`,
    [tenantId],
  )
}

function copiedValue(name: string, type: string, isOfBuyer: boolean): string {
  if (type === 'date' || type === 'timestamp with time zone') return `(t.${name} - c.months * interval '1 month')::${type}`
  if (type !== 'uuid' || ofSeller.test(name)) return `t.${name}`
  const own = isOfBuyer || ofBuyer.test(name) ? "'buyer ' || c.buyer" : "'month ' || c.n"
  // The first buyer stays who it is.
  const made = `md5(t.${name}::text || ${own})::uuid`
  return isOfBuyer || ofBuyer.test(name) ? `case when c.buyer = 0 then t.${name} else ${made} end` : made
}
