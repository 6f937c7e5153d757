import pg from 'pg'
import { v7 } from 'uuid'
import { beforeAll, describe, expect, test } from 'vitest'
import { databaseUrls } from '#app/config/env.server.ts'
import { inPanel, type TenantContext } from '#app/db/context.server.ts'
import { receivable, revenueOf } from '#app/domain/ledger/chart.ts'
import { creditSide, debitSide } from '#app/domain/ledger/postings.ts'
import { money } from '#app/domain/money/money.ts'
import { postEntry } from '#app/services/ledger/post-entry.server.ts'
import { asOffice, buildAccount, buildTenant } from '#tests/support/builders.ts'
import { paidAhead } from '#tests/support/paid-ahead.ts'

const eur = (minor: bigint) => money(minor, 'EUR')

let tenantId: string
let accountId: string
beforeAll(async () => {
  tenantId = await buildTenant()
  accountId = await buildAccount(tenantId)
  await asOffice(tenantId, (ctx) => book(ctx, 'top-up:1'))
})

function book(ctx: TenantContext, sourceKey: string): Promise<boolean> {
  const postings = paidAhead({ accountId, amount: eur(1000n) })
  return postEntry(ctx, { sourceKey, kind: 'top-up', accountId, invoiceId: null, postings })
}

/** The SQL of an entry with postings on the first two accounts of the chart, as somebody who goes past the product would write it. */
async function write(ctx: TenantContext, amounts: readonly [bigint, string][], says = amounts.length): Promise<void> {
  const id = v7()
  await ctx.db.$executeRaw`
    insert into ledger_entries (tenant_id, id, source_key, kind, occurred_at, created_at, booked_on, posting_count)
    values (${tenantId}::uuid, ${id}::uuid, ${`by-hand:${id}`}, 'payment', ${ctx.now}, ${ctx.now}, '2026-07-01', ${says})`
  for (const [minor, currency] of amounts)
    await ctx.db.$executeRaw`
      insert into ledger_postings (tenant_id, id, entry_id, booked_on, ledger_account_id, currency, amount_minor)
      select ${tenantId}::uuid, ${v7()}::uuid, ${id}::uuid, '2026-07-01', a.id, ${currency}, ${minor}
      from ledger_accounts a where a.tenant_id = ${tenantId}::uuid order by a.code limit 1`
}

describe('an entry', () => {
  test.each<[string, [bigint, string][], number]>([
    [
      'that does not add up',
      [
        [100n, 'EUR'],
        [-99n, 'EUR'],
      ],
      2,
    ],
    [
      'that adds up over two currencies only',
      [
        [100n, 'EUR'],
        [-100n, 'CHF'],
      ],
      2,
    ],
    [
      'with fewer postings than it says',
      [
        [100n, 'EUR'],
        [-100n, 'EUR'],
      ],
      3,
    ],
    ['without postings', [], 2],
  ])('%s is refused at commit', async (_, amounts, says) => {
    await expect(asOffice(tenantId, (ctx) => write(ctx, amounts, says))).rejects.toThrow('is not balanced')
  })

  test('of two currencies that each add up is booked', async () => {
    await asOffice(tenantId, (ctx) =>
      write(ctx, [
        [100n, 'EUR'],
        [-100n, 'EUR'],
        [5n, 'CHF'],
        [-5n, 'CHF'],
      ]),
    )
  })

  test('is booked once, however often its fact comes', async () => {
    expect(await asOffice(tenantId, (ctx) => book(ctx, 'top-up:2'))).toBe(true)
    expect(await asOffice(tenantId, (ctx) => book(ctx, 'top-up:2'))).toBe(false)
  })

  test('that does not add up is a bug that never reaches the database', async () => {
    const postings = [debitSide(receivable, eur(100n), accountId), creditSide(revenueOf('item'), eur(99n))]
    const entry = { sourceKey: 'wrong', kind: 'invoice', accountId, invoiceId: null, postings } as const
    await expect(asOffice(tenantId, (ctx) => postEntry(ctx, entry))).rejects.toThrow('is not balanced')
  })
})

describe('what is booked', () => {
  test.each<[string, (ctx: TenantContext) => Promise<unknown>]>([
    ['an entry changed', ({ db }) => db.$executeRaw`update ledger_entries set kind = kind`],
    ['a posting changed', ({ db }) => db.$executeRaw`update ledger_postings set amount_minor = amount_minor`],
    ['an entry deleted', ({ db }) => db.$executeRaw`delete from ledger_entries`],
    ['a posting deleted', ({ db }) => db.$executeRaw`delete from ledger_postings`],
    ['everything emptied', ({ db }) => db.$executeRaw`truncate ledger_entries, ledger_postings`],
    ['balances emptied', ({ db }) => db.$executeRaw`truncate ledger_balances`],
    ['a balance deleted', ({ db }) => db.$executeRaw`delete from ledger_balances`],
    ['a balance moved to another day', ({ db }) => db.$executeRaw`update ledger_balances set booked_on = booked_on`],
    ['a closed month deleted', ({ db }) => db.$executeRaw`delete from accounting_periods`],
  ])('is kept from the runtime role: %s', async (_, attempt) => {
    await expect(asOffice(tenantId, attempt)).rejects.toThrow('permission denied')
  })

  test('is kept from the owner of the tables, too', async () => {
    const admin = new pg.Client({ connectionString: databaseUrls().admin })
    await admin.connect()
    try {
      for (const table of ['ledger_entries', 'ledger_postings'])
        for (const sql of [`update ${table} set tenant_id = tenant_id`, `delete from ${table}`, `truncate ${table} cascade`])
          await expect(admin.query(sql)).rejects.toThrow('never change')
    } finally {
      await admin.end()
    }
  })

  test('gets no posting later, not even two that cancel out', async () => {
    const late = asOffice(
      tenantId,
      (ctx) => ctx.db.$executeRaw`
        insert into ledger_postings (tenant_id, id, entry_id, booked_on, ledger_account_id, currency, amount_minor)
        select e.tenant_id, gen_random_uuid(), e.id, e.booked_on, a.id, 'EUR', s.minor
        from ledger_entries e
        join ledger_accounts a on a.tenant_id = e.tenant_id and a.code = 'bank', unnest(array[5, -5]::bigint[]) as s (minor)
        where e.tenant_id = ${tenantId}::uuid and e.source_key = 'top-up:1'`,
    )
    await expect(late).rejects.toThrow('gets no more postings')
  })

  test('is added to by the office only, and read by its buyer', async () => {
    await expect(inPanel(tenantId, [accountId], (ctx) => book(ctx, 'top-up:panel'))).rejects.toThrow()
    const seen = await inPanel(tenantId, [accountId], ({ db }) => db.ledgerPosting.count({ where: { accountId } }))
    expect(seen).toBeGreaterThan(0)
  })
})
