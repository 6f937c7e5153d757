import pg from 'pg'
import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { databaseUrls } from '#app/config/env.server.ts'
import { bank } from '#app/domain/ledger/chart.ts'
import { postingsOfAllocation } from '#app/domain/ledger/rules.ts'
import { money } from '#app/domain/money/money.ts'
import { readLastCheck } from '#app/reports/ledger/checks.server.ts'
import { readOfficeStart } from '#app/reports/office-start/query.server.ts'
import type { CheckedInvariant } from '#app/services/invariants/check-invariants.server.ts'
import { checkSeller } from '#app/services/invariants/check-seller.server.ts'
import { postEntry } from '#app/services/ledger/post-entry.server.ts'
import { recordPayment } from '#app/services/payments/record-payment.server.ts'
import { runLivery } from '#scripts/cli/program.ts'
import { billMonth, invoicesOf } from '#tests/support/billing.ts'
import { asOffice, buildTenant, builtAt } from '#tests/support/builders.ts'
import { mirror } from '#tests/support/edges.ts'
import { creditAmount } from '#tests/support/one-invoice.ts'
import { payOut } from '#tests/support/payouts.ts'
import { agree, customerPays, type SettledEdge } from '#tests/support/settled-edge.ts'
import { bill, buildReseller, buildSeller, reported, type Seller } from '#tests/support/usage.ts'

type Told = { code: number; ok: boolean; invariants: CheckedInvariant[] }

/** `livery doctor --invariants` as a program would read it. */
async function doctor(...options: string[]): Promise<Told> {
  let out = ''
  const code = await runLivery(['doctor', '--invariants', '--json', ...options], {
    out: (text) => (out += text),
    problem: (text) => (out += text),
  })
  return { code, ...(JSON.parse(out) as Omit<Told, 'code'>) }
}

const sent = (gb: number, day: string) =>
  reported({ quantity: `${gb}000000000`, windowStart: new Date(`${day}T06:00:00Z`), windowEnd: new Date(`${day}T18:00:00Z`) })

async function deliverAll({ tenantId }: Seller): Promise<void> {
  const invoices = await invoicesOf(tenantId)
  await asOffice(tenantId, ({ db }) =>
    db.delivery.createMany({
      data: invoices.map(({ id, accountId }) => {
        const mail = { channel: 'mail', recipient: 'buyer@example.test', messageKey: `mail:${id}`, state: 'accepted' }
        return { tenantId, id: v7(), accountId, invoiceId: id, ...mail, createdAt: builtAt, acceptedAt: builtAt }
      }),
    }),
  )
}

/** 10.00 by bank on 1 August. */
async function pay({ tenantId, accountId }: Seller): Promise<void> {
  const facts = {
    accountId,
    method: 'transfer',
    at: bank,
    amount: money(1_000n, 'EUR'),
    receivedOn: '2026-08-01',
    reference: null,
    payer: null,
  } as const
  const paid = await asOffice(tenantId, (ctx) => recordPayment(ctx, { ...facts, sourceKey: 'bank:1' }))
  if (!paid.ok) throw new Error(paid.error)
}

/** The provider takes 5.00 of the reseller's customer for its first invoice, and pays out what it owes for it. */
async function settle(edge: SettledEdge): Promise<void> {
  setClock(fixedClock('2026-08-03T08:00:00Z'))
  await agree(edge, { collectsPayments: 'parent' }, '2026-08-03')
  const [invoice] = await invoicesOf(edge.reseller.tenantId)
  await customerPays(edge, { invoiceId: invoice?.id ?? '', cents: 500n, isTakenByParent: true })
  await payOut(edge, '2026-09-01')
}

async function promote({ tenantId }: Seller): Promise<void> {
  const promotion = {
    kind: 'percent',
    terms: {},
    name: {},
    priority: 1,
    state: 'active',
    createdBy: 'test',
    startsAt: builtAt,
    maxRedemptions: 5,
  }
  await asOffice(tenantId, ({ db }) =>
    db.promotion.createMany({
      data: [{ tenantId, id: v7(), code: 'june', ...promotion, scopes: [], productGroups: [], channelIds: [], createdAt: builtAt }],
    }),
  )
}

/** As the owner, triggers and foreign keys off: what no use case can do. */
let owner: pg.Client
let provider: Seller

// A provider and a reseller billed June and July; a part of the provider's first invoice was credited.
beforeAll(async () => {
  provider = await buildSeller()
  const reseller = await buildReseller(provider)
  await asOffice(
    reseller.tenantId,
    ({ db }) => db.$executeRaw`
      update tenants set kind = 'reseller', parent_tenant_id = ${provider.tenantId}::uuid, parent_account_id = ${provider.accountId}::uuid
      where tenant_id = ${reseller.tenantId}::uuid`,
  )
  await bill(provider, [sent(100, '2026-06-10'), sent(40, '2026-07-10')])
  for (const { tenantId } of [provider, reseller]) {
    await billMonth(tenantId, '2026-06', '2026-07-01T06:00:00Z')
    await billMonth(tenantId, '2026-07', '2026-08-01T06:00:00Z')
  }
  const [june] = await invoicesOf(provider.tenantId)
  await creditAmount(provider.tenantId, june?.id ?? '', 500n)
  await pay(provider)
  await mirror(provider)
  await settle({ provider, reseller })
  setClock()
  for (const seller of [provider, reseller]) await deliverAll(seller)
  await promote(provider)

  owner = new pg.Client({ connectionString: databaseUrls().admin })
  await owner.connect()
  await owner.query('set session_replication_role = replica')
})
afterAll(async () => {
  setClock()
  await owner.end()
})

const allIds = Array.from({ length: 20 }, (_, index) => `I${index + 1}`).filter((id) => id !== 'I13')

test('everything holds over what the product itself did, and the rows examined are told', async () => {
  const { code, ok, invariants } = await doctor()
  expect(invariants.filter(({ violations }) => violations > 0)).toEqual([])
  expect([code, ok]).toEqual([0, true])
  expect(invariants.map(({ id }) => id)).toEqual(allIds)
  expect(invariants.flatMap(({ id, examined }) => (examined === 0 ? id : []))).toEqual([])
})

test('one line for each, and a last one', async () => {
  const lines: string[] = []
  expect(
    await runLivery(['doctor', '--invariants'], { out: (text) => lines.push(...text.trimEnd().split('\n')), problem: () => undefined }),
  ).toBe(0)
  expect(lines[0]).toMatch(/^I1 {3}ledger sums to zero per entry and currency +examined +\d+ {3}violations 0$/)
  expect(lines.at(-1)).toBe(`${allIds.length} invariants, 0 violations`)
  expect(lines).toHaveLength(allIds.length + 1)
})

type Twin = { readonly id: string; readonly what: string; readonly plant: string; readonly undo: string; readonly names: RegExp }

/** Ids of balances are random: without the account any of the buyer's balances of that day could be meant. */
const receivableOfJuly = `account_id is not null and booked_on = '2026-07-01'
  and ledger_account_id in (select id from ledger_accounts where code = 'receivable')`

const oneOf = (table: string, where: string) => `id = (select id from ${table} where ${where} order by id limit 1)`
const twins: readonly Twin[] = [
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
    what: 'a policy that shows everybody’s charges to everybody',
    plant: 'create policy leak on charges for select to livery_app using (true)',
    undo: 'drop policy leak on charges',
    names: /^(meridian|without a scope): charges: \d+ rows$/,
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

describe('is found, and ends with 1', () => {
  test.each(twins.map((twin) => [twin.id, twin.what, twin] as const))('%s: %s', async (id, _, { plant, undo, names }) => {
    await owner.query(plant)
    const { code, ok, invariants } = await doctor()
    await owner.query(undo)

    expect([code, ok]).toEqual([1, false])
    const found = invariants.find((invariant) => invariant.id === id)
    expect(found?.violations).toBeGreaterThan(0)
    for (const name of found?.ids ?? ['none']) expect(name).toMatch(names)
    expect((await doctor()).code).toBe(0)
  })

  test('by the nightly check, which tells the staff of the seller', async () => {
    const start = { failedJobs: 0, rights: { mayApprove: true, mayWrite: true } }
    const needs = () => asOffice(provider.tenantId, async (ctx) => (await readOfficeStart(ctx, start)).needs.map(({ kind }) => kind))
    await owner.query('update promotions set redeemed = redeemed + 1')
    const { violations, findings } = await checkSeller(provider.tenantId)
    expect([violations, findings.map(({ id }) => id)]).toEqual([1, ['I12']])
    expect(await needs()).toContain('broken-invariants')
    await owner.query('update promotions set redeemed = redeemed - 1')
    await checkSeller(provider.tenantId)
    expect(await asOffice(provider.tenantId, readLastCheck)).toMatchObject({ violations: 0, findings: [] })
    expect(await needs()).not.toContain('broken-invariants')
  })

  test('I2: cash of a buyer that was allocated and never received', async () => {
    const { tenantId, accountId } = provider
    const postings = postingsOfAllocation({ accountId, amount: money(1_001n, 'EUR') })
    await asOffice(tenantId, (ctx) => postEntry(ctx, { sourceKey: 'early', kind: 'allocation', accountId, invoiceId: null, postings }))
    const { code, invariants } = await doctor()
    expect([code, invariants[1]?.ids]).toEqual([1, [`meridian: unapplied-cash ${accountId} EUR overdrawn`]])
  })

  test('a check that sees nothing of a table that is not empty', async () => {
    await owner.query('analyze ledger_postings; drop policy tenant_isolation on ledger_postings')
    const { code, invariants } = await doctor()
    expect([code, invariants[0]?.examined]).toEqual([1, 0])
    expect(invariants[0]?.ids).toContainEqual(expect.stringMatching(/^nothing was examined, but ledger_postings holds about \d+ rows$/))
  })
})

test('only the tenant asked for is looked at', async () => {
  await buildTenant({ slug: 'empty' })
  const { code, invariants } = await doctor('--tenant', 'empty')
  expect(code).toBe(0)
  expect(invariants.find(({ id }) => id === 'I5')?.examined).toBe(0)
  expect(await runLivery(['doctor', '--tenant', 'empty'], { out: () => undefined, problem: () => undefined })).toBe(2)
})

describe('made again from their charges', () => {
  test('invoices are the same to the byte', async () => {
    const { invariants } = await doctor('--rerun')
    expect(invariants.at(-1)).toMatchObject({ id: 'P5', violations: 0 })
    expect(invariants.at(-1)?.examined).toBeGreaterThan(4)
  })

  test('an invoice is named whose charges come to something else, and a charge that is not quantity times price', async () => {
    const charge = oneOf(
      'charges',
      'billed_quantity > 0 and invoice_line_id is not null and invoice_id in (select invoice_id from invoice_states where credited_minor = 0)',
    )
    await owner.query(`update charges set amount = amount + 1 where ${charge}`)
    const { code, invariants } = await doctor('--rerun')
    await owner.query(`update charges set amount = amount - 1 where ${charge}`)
    expect(code).toBe(1)
    expect(invariants.at(-1)?.ids).toEqual([
      expect.stringMatching(/^meridian: MG-2026-0000\d$/),
      expect.stringMatching(/^meridian: charge [0-9a-f-]{36}$/),
    ])
  })
})
