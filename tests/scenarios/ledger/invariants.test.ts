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
import { oneOf, twins } from './planted-violations.ts'

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

const allIds = Array.from({ length: 20 }, (_, index) => `I${index + 1}`)

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

describe('is found, and ends with 1', () => {
  test.each(twins.map((twin) => [twin.id, twin.what, twin] as const))('%s: %s', async (id, _, { plant, undo, names }) => {
    await owner.query(plant)
    const { code, ok, invariants } = await doctor()
    await owner.query(undo)

    expect([code, ok]).toEqual([1, false])
    const found = invariants.find((invariant) => invariant.id === id)
    expect(found?.violations).toBeGreaterThan(0)
    for (const name of found?.ids ?? ['none']) expect(name).toMatch(names)
  })

  test('and is gone once it is undone', async () => {
    expect((await doctor()).code).toBe(0)
  })

  test('by the nightly check, which tells the staff of the seller', async () => {
    const start = { failedJobs: 0, rights: { mayApprove: true, mayWrite: true, mayReview: true } }
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
