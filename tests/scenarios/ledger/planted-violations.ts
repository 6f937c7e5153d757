export type Twin = { readonly id: string; readonly what: string; readonly plant: string; readonly undo: string; readonly names: RegExp }

/** Ids of balances are random: without the account any of the buyer's balances of that day could be meant. */
const receivableOfJuly = `account_id is not null and booked_on = '2026-07-01'
  and ledger_account_id in (select id from ledger_accounts where code = 'receivable')`

/** The first row of a table that is such. */
export const oneOf = (table: string, where: string) => `id = (select id from ${table} where ${where} order by id limit 1)`
/** A violation of each invariant, how it is planted and taken back, and how its finding is named. */
export const twins: readonly Twin[] = [
  {
    id: 'I1',
    what: 'a posting that is a cent more than it was',
    plant: `update ledger_postings set amount_minor = amount_minor + 1 where ${oneOf('ledger_postings', 'amount_minor > 0')}`,
    undo: `update ledger_postings set amount_minor = amount_minor - 1 where ${oneOf('ledger_postings', 'amount_minor > 0')}`,
    names: /^meridian: [0-9a-f-]{36}$/,
  },
  {
    id: 'I2',
    what: 'a balance that no posting explains',
    plant: `update ledger_balances set debit_minor = debit_minor + 1 where ${oneOf('ledger_balances', receivableOfJuly)}`,
    undo: `update ledger_balances set debit_minor = debit_minor - 1 where ${oneOf('ledger_balances', receivableOfJuly)}`,
    names: /^meridian: receivable [0-9a-f-]{36} EUR 2026-07-01$/,
  },
  {
    id: 'I3',
    what: 'usage that is charged with more than was used',
    plant: `update charges set quantity = quantity + 1 where ${oneOf('charges', 'usage_record_id is not null')}`,
    undo: `update charges set quantity = quantity - 1 where ${oneOf('charges', 'usage_record_id is not null')}`,
    names: /^meridian: [0-9a-f-]{36}$/,
  },
  {
    id: 'I4',
    what: 'an hour that a server ran twice',
    plant: `insert into usage_records select (u).* from (select jsonb_populate_record(u, jsonb_build_object('id', gen_random_uuid(), 'meter',
        'server.running', 'source_key', 'twice:' || n)) as u from usage_records u cross join generate_series(1, 2) n
      where u.id = (select id from usage_records where source_usage_id is null order by id limit 1)) t`,
    undo: `delete from usage_records where source_key like 'twice:%'`,
    names: /^meridian: [0-9a-f-]{36}$/,
  },
  {
    id: 'I2',
    what: 'a fee that a month is to earn and that was never deferred',
    plant: `insert into deferred_parts select l.tenant_id, gen_random_uuid(), l.invoice_id, 'invoice', l.id, 'recurring', '2099-01-01', l.currency, 100, now()
      from invoice_lines l where ${oneOf('invoice_lines', 'true').replace('id =', 'l.id =')}`,
    undo: 'delete from deferred_parts',
    names: /^meridian: deferred recurring EUR$/,
  },
  {
    id: 'I10',
    what: 'a payment that is more than was booked',
    plant: `update payments set amount_minor = amount_minor + 1 where source_key = 'bank:1'`,
    undo: `update payments set amount_minor = amount_minor - 1 where source_key = 'bank:1'`,
    names: /^meridian: [0-9a-f-]{36}( EUR)?$/,
  },
  {
    id: 'I15',
    what: 'a billing run that nobody goes on with',
    plant: `update billing_runs set state = 'finalising', started_at = '2026-01-01' where ${oneOf('billing_runs', 'true')}`,
    undo: `update billing_runs set state = 'finished' where state = 'finalising'`,
    names: /^meridian: billing run [0-9a-f-]{36}$/,
  },
  {
    id: 'I16',
    what: 'an invoice that nobody made',
    plant: `update audit_entries set action = 'forgotten' where ${oneOf('audit_entries', `action = 'invoice.finalised'`)}`,
    undo: `update audit_entries set action = 'invoice.finalised' where action = 'forgotten'`,
    names: /^meridian: invoice\.finalised [0-9a-f-]{36}$/,
  },
  {
    id: 'I5',
    what: 'tax that is a cent more than its rate',
    plant: `update invoice_taxes set tax_minor = tax_minor + 1 where ${oneOf('invoice_taxes', 'tax_minor > 0')}`,
    undo: `update invoice_taxes set tax_minor = tax_minor - 1 where ${oneOf('invoice_taxes', 'tax_minor > 0')}`,
    names: /^meridian: MG-2026-\d{5}$/,
  },
  {
    id: 'I6',
    what: 'an invoice whose entry books something else',
    plant: `update ledger_entries set kind = 'exchange' where ${oneOf('ledger_entries', `kind = 'invoice'`)}`,
    undo: `update ledger_entries set kind = 'invoice' where kind = 'exchange'`,
    names: /^meridian: MG-2026-\d{5}$/,
  },
  {
    id: 'I7',
    what: 'a hole in the numbers',
    plant: `update invoices set sequence = 3 where document_type = 'invoice' and sequence = 2`,
    undo: 'update invoices set sequence = 2 where sequence = 3',
    names: /^meridian: invoice 2026$/,
  },
  {
    id: 'I7',
    what: 'a document that says something else than when it was hashed',
    plant: `update invoices set language = 'fr' where ${oneOf('invoices', `document_type = 'invoice'`)}`,
    undo: `update invoices set language = 'de' where language = 'fr'`,
    names: /^meridian: MG-2026-00001$/,
  },
  {
    id: 'I7',
    what: 'a document whose sealed address is another',
    plant: `update invoices set buyer = jsonb_set(buyer, '{addressLines,0}', to_jsonb((buyer #>> '{addressLines,0}') || 'AAAA'))
      where ${oneOf('invoices', `document_type = 'invoice'`)}`,
    undo: `update invoices set buyer = jsonb_set(buyer, '{addressLines,0}', to_jsonb(left(buyer #>> '{addressLines,0}', -4)))
      where buyer #>> '{addressLines,0}' like '%AAAA'`,
    names: /^meridian: MG-2026-00001$/,
  },
  {
    id: 'I8',
    what: 'a second invoice for one period',
    plant: `update invoices set period_start = '2026-06-01' where period_start = '2026-07-01'`,
    undo: `update invoices set period_start = '2026-07-01' where sequence = 2 and document_type = 'invoice'`,
    names: /^meridian: [0-9a-f-]{36} invoice 2026-06-01$/,
  },
  {
    id: 'I9',
    what: 'a credit that the invoice does not know of',
    plant: 'update invoice_states set credited_minor = credited_minor - 1, applied_minor = applied_minor - 1 where credited_minor > 0',
    undo: 'update invoice_states set credited_minor = credited_minor + 1, applied_minor = applied_minor + 1 where credited_minor > 0',
    names: /^meridian: MG-2026-00001$/,
  },
  {
    id: 'I11',
    what: 'an invoice that nobody got',
    plant: `update deliveries set accepted_at = null where ${oneOf('deliveries', 'true')}`,
    undo: 'update deliveries set accepted_at = created_at where accepted_at is null',
    names: /^meridian: MG-/,
  },
  {
    id: 'I12',
    what: 'a promotion that counts a use nobody had',
    plant: 'update promotions set redeemed = redeemed + 1',
    undo: 'update promotions set redeemed = redeemed - 1',
    names: /^meridian: promotion june$/,
  },
  {
    id: 'I13',
    what: 'credit that nobody reserved',
    plant: 'update credit_positions set reserved_minor = reserved_minor + 1',
    undo: 'update credit_positions set reserved_minor = reserved_minor - 1',
    names: /^[a-z-]+: [0-9a-f-]{36} reserved$/,
  },
  {
    id: 'I14',
    what: 'a policy that shows everybody’s invoices to everybody',
    plant: 'create policy leak on invoices for select to livery_app using (true)',
    undo: 'drop policy leak on invoices',
    names: /^(meridian|without a scope): invoices: \d+ rows$/,
  },
  {
    id: 'I17',
    what: 'a charge that is there twice',
    plant: `drop index charges_tenant_id_source_key_key;
      update charges c set source_key = (select min(m.source_key) from charges m where m.tenant_id = c.tenant_id)`,
    undo: 'update charges set source_key = id::text',
    names: /^meridian: charge /,
  },
  {
    id: 'I18',
    what: 'usage that is more below than above',
    plant: 'update usage_records set quantity = quantity + 1 where source_usage_id is not null',
    undo: 'update usage_records set quantity = quantity - 1 where source_usage_id is not null',
    names: /^meridian: [0-9a-f-]{36}$/,
  },
  {
    id: 'I18',
    what: 'a price from another currency without its rate',
    plant: `update charges set reason = jsonb_set(reason, '{exchange}', '{"from":"CHF","source":"ecb","date":"2026-06-01"}') where ${oneOf('charges', 'true')}`,
    undo: `update charges set reason = jsonb_set(reason, '{exchange}', 'null') where jsonb_typeof(reason -> 'exchange') = 'object'`,
    names: /^meridian: [0-9a-f-]{36}$/,
  },
  {
    id: 'I19',
    what: 'a purchase that the reseller’s books have on another day than the parent’s',
    plant: `update parent_entries set booked_on = booked_on + 1 where ${oneOf('parent_entries', 'true')}`,
    undo: `update parent_entries set booked_on = booked_on - 1 where ${oneOf('parent_entries', 'true')}`,
    names: /^meridian: (invoice|credit-note):[0-9a-f-]{36}$/,
  },
  {
    id: 'I19',
    what: 'a purchase that the parent knows nothing of',
    plant: `update parent_entries set parent_entry_id = '00000000-0000-7000-8000-000000000001' where ${oneOf('parent_entries', 'true')}`,
    undo: `update parent_entries m set parent_entry_id = e.id from ledger_entries e where m.source_key = 'parent:' || e.source_key`,
    names: /^meridian: (parent:)?(invoice|credit-note):[0-9a-f-]{36}$/,
  },
  {
    id: 'I20',
    what: 'a payment that counts for more than the books owe for it',
    plant: `update settlement_items set amount_minor = amount_minor + 1, paid_minor = paid_minor + 1 where kind = 'collected'`,
    undo: `update settlement_items set amount_minor = amount_minor - 1, paid_minor = paid_minor - 1 where kind = 'collected'`,
    names: /^meridian: [0-9a-f-]{36}$/,
  },
  {
    id: 'I20',
    what: 'a payout of more than what was counted',
    plant: 'update payouts set released_minor = released_minor + 1, payout_minor = payout_minor + 1',
    undo: 'update payouts set released_minor = released_minor - 1, payout_minor = payout_minor - 1',
    names: /^meridian: [0-9a-f-]{36}$/,
  },
]
