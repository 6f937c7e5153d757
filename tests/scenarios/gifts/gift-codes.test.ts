import { v7 } from 'uuid'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { inTenant } from '#app/db/context.server.ts'
import { money } from '#app/domain/money/money.ts'
import type { Actor } from '#app/domain/shared/actor.ts'
import { listGiftBatches, listRedeemedCodes } from '#app/reports/gifts/query.server.ts'
import { decideBatch, type IssueCodesInput, issueCodes } from '#app/services/gifts/issue-codes.server.ts'
import { redeemCode } from '#app/services/gifts/redeem-code.server.ts'
import { setApprovalLimit } from '#app/services/wallet/give-credit.server.ts'
import { buildAccount, buildContract, buildPriceBook } from '#tests/support/builders.ts'
import { growTenant } from '#tests/support/tree.ts'
import { brokenBooks, grantsOf } from '#tests/support/wallet.ts'

let tenantId: string
let accountId: string
beforeEach(async () => {
  setClock(fixedClock('2026-06-10T08:00:00Z'))
  tenantId = await growTenant(`shop-${v7()}`)
  accountId = await customer()
})
afterEach(() => setClock())

async function customer(currency = 'EUR'): Promise<string> {
  const id = await buildAccount(tenantId, { name: 'Huber' })
  const { priceBookId } = await buildPriceBook(tenantId, [], currency)
  await buildContract(tenantId, { accountId: id, priceBookId, currency })
  return id
}

const staff = (id: string): Actor => ({ kind: 'user', userId: id, membershipId: id })
const [anna, ben] = [staff('00000000-0000-4000-8000-00000000000a'), staff('00000000-0000-4000-8000-00000000000b')]

function issue(facts: Partial<IssueCodesInput> = {}) {
  const wanted = {
    name: 'Spring',
    amount: money(2_500n, 'EUR'),
    codes: 2,
    redeemUntil: '2026-06-30',
    lastsDays: 30,
    formKey: v7(),
    ...facts,
  }
  return inTenant(tenantId, (ctx) => issueCodes(ctx, wanted), { actor: anna })
}
async function codes(facts: Partial<IssueCodesInput> = {}): Promise<readonly string[]> {
  const issued = await issue(facts)
  if (!issued.ok) throw new Error(issued.error)
  return issued.value.codes
}

type Redeeming = Partial<Parameters<typeof redeemCode>[0]>
const redeem = (code: string, facts: Redeeming = {}) =>
  redeemCode({ tenantId, accountId, actor: anna, code, addressHash: 'here', solved: null, ...facts })
const proof = () => ({ digest: v7(), expiresAt: new Date('2026-06-10T08:10:00Z') })

test('a code becomes balance once, however it is typed and however many try at once', async () => {
  const [first = '', second = ''] = await codes()
  const other = await customer()
  const tried = await Promise.all([redeem(first), redeem(` ${first.toLowerCase()} `, { accountId: other }), redeem(first)])
  expect(tried.filter(({ ok }) => ok)).toEqual([{ ok: true, value: money(2_500n, 'EUR') }])
  expect((await redeem(second, { accountId })).ok).toBe(true)
  expect(await redeem(second, { accountId })).toEqual({ ok: false, error: 'code-not-valid' })
  expect((await grantsOf(tenantId)).length).toBe(2)
  expect(await brokenBooks(tenantId)).toEqual([])
  const [batch] = await inTenant(tenantId, (ctx) => listGiftBatches(ctx))
  expect(batch).toMatchObject({ codes: 2, redeemed: 2, state: 'active' })
  const { rows } = await inTenant(tenantId, (ctx) => listRedeemedCodes(ctx, batch?.id ?? '', 1))
  expect(rows.map(({ ending }) => ending).sort()).toEqual([first, second].map((code) => code.slice(-4)).sort())
  const grants = await inTenant(tenantId, ({ db }) => db.creditGrant.findMany({ select: { expiresOn: true, reason: true }, take: 5 }))
  expect(grants[0]).toEqual({ expiresOn: new Date('2026-07-10'), reason: 'Spring' })
})

test('a code that is over, stopped, waiting or of another currency is not redeemed', async () => {
  const [late = ''] = await codes({ redeemUntil: '2026-06-10' })
  setClock(fixedClock('2026-06-10T22:00:00Z'))
  expect(await redeem(late)).toEqual({ ok: false, error: 'code-not-valid' })
  expect(await issue({ redeemUntil: '2026-06-10' })).toEqual({ ok: false, error: 'expiry-in-past' })

  const [francs = ''] = await codes({ amount: money(100n, 'CHF') })
  expect(await redeem(francs)).toEqual({ ok: false, error: 'other-currency' })

  const stopped = await issue()
  if (!stopped.ok) throw new Error(stopped.error)
  const stop = { batchId: stopped.value.batchId, decision: 'stop' } as const
  expect((await inTenant(tenantId, (ctx) => decideBatch(ctx, stop))).ok).toBe(true)
  expect(await redeem(stopped.value.codes[0] ?? '')).toEqual({ ok: false, error: 'code-not-valid' })
})

test('codes that are worth more than staff give alone wait for another person; a form makes them once', async () => {
  await inTenant(tenantId, (ctx) => setApprovalLimit(ctx, money(4_999n, 'EUR')))
  const formKey = v7()
  const issued = await issue({ formKey })
  if (!issued.ok) throw new Error(issued.error)
  const { batchId, codes: [code = ''] = [], waits } = issued.value
  expect(waits).toBe(true)
  expect(await issue({ formKey })).toEqual({ ok: false, error: 'issued-before' })
  expect(await redeem(code)).toEqual({ ok: false, error: 'code-not-valid' })
  const decide = (actor: Actor) => inTenant(tenantId, (ctx) => decideBatch(ctx, { batchId, decision: 'approve' }), { actor })
  expect(await decide(anna)).toEqual({ ok: false, error: 'same-person' })
  expect((await decide(ben)).ok).toBe(true)
  expect(await decide(ben)).toEqual({ ok: false, error: 'batch-decided' })
  expect((await redeem(code)).ok).toBe(true)
})

test('after five wrong codes of an account or an address each try costs a proof of work, which counts once', async () => {
  const [code = '', next = ''] = await codes()
  for (let tried = 0; tried < 5; tried += 1) expect(await redeem('AAAA-BBBB-CCCC-DDDD')).toMatchObject({ error: 'code-not-valid' })
  expect(await redeem(code)).toEqual({ ok: false, error: 'proof-needed' })
  expect(await redeem(code, { addressHash: 'elsewhere' })).toEqual({ ok: false, error: 'proof-needed' })
  expect(await redeem(code, { accountId: await customer() })).toEqual({ ok: false, error: 'proof-needed' })
  const solved = proof()
  expect((await redeem(code, { solved })).ok).toBe(true)
  expect(await redeem(next, { solved })).toEqual({ ok: false, error: 'proof-needed' })
  setClock(fixedClock('2026-06-10T08:15:00Z'))
  expect((await redeem(next)).ok).toBe(true)
})
