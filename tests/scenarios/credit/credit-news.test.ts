import { v7 } from 'uuid'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { saveChoice } from '#app/db/people/notices.server.ts'
import { insertSecurityProfiles } from '#app/db/people/people.server.ts'
import { systemActor } from '#app/domain/shared/actor.ts'
import type { Permission } from '#app/domain/tenancy/permissions.ts'
import { setCreditLimit } from '#app/services/credit/set-credit-limit.server.ts'
import {
  type CreditLetter,
  tellEndingIncreases,
  tellStaffOfCrossing,
  tellStaffOfIncrease,
} from '#app/services/credit/tell-credit.server.ts'
import { watchCredit } from '#app/services/credit/watch-credit.server.ts'
import { addMember } from '#app/services/people/add-member.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { asOffice, buildAccount, buildCharges, buildContract, buildPriceBook, buildTenant } from '#tests/support/builders.ts'

let tenantId: string
let accountId: string
let use: (amount: string) => Promise<void>
let sent: { letter: CreditLetter }[]

/** A seller with one person who looks after contracts and one who does not, and a customer that may owe 100.00. */
beforeEach(async () => {
  at('2026-06-10T08:00:00Z')
  sent = []
  tenantId = await buildTenant({ slug: `seller-${v7()}` })
  const { priceBookId, priceVersionId, ruleIds } = await buildPriceBook(tenantId, [{ feeKind: 'usage', price: '1', meter: 'traffic.sent' }])
  accountId = await buildAccount(tenantId, { name: 'Linde', email: 'buyer@example.com' })
  const contractId = await buildContract(tenantId, { accountId, priceBookId, creditLimitMinor: 10_000n })
  const facts = { accountId, contractId, priceVersionId, priceRuleId: ruleIds[0] ?? '', billingPeriod: '2026-06-01' }
  use = (amount) => buildCharges(tenantId, [{ ...facts, amount }])
  await staff('credit', ['contract:write'])
  await staff('support', ['account:read'])
})
afterEach(() => setClock())

const at = (instant: string) => setClock(fixedClock(instant))

async function staff(name: string, permissions: Permission[]): Promise<void> {
  await asOffice(tenantId, (ctx) => insertSecurityProfiles(ctx, [{ name, isOwner: false, permissions }]))
  const person = { email: `${name}@meridian.example`, name, language: 'de', profile: name }
  const added = await asOffice(tenantId, (ctx) => addMember(ctx, person))
  if (!added.ok) throw new Error(added.error)
}

const ports = {
  mailer: { send: ({ key }: { key: string }) => Promise.resolve({ messageId: key }) },
  compose: (letter: CreditLetter) => {
    sent.push({ letter })
    const from = { address: 'shop@example.test' }
    return Promise.resolve({ from, to: [from], subject: '', html: '', text: '', language: letter.to.language, attachments: [] })
  },
}
const process = () => processOf(tenantId, ports, systemActor('credit'))

/** What left for the jobs that mail staff, and does what they do. */
async function mailStaff(): Promise<void> {
  const events = await asOffice(tenantId, ({ db }) =>
    db.outboxEvent.findMany({ orderBy: { id: 'asc' }, select: { name: true, data: true } }),
  )
  for (const { name, data } of events) {
    const { crossingId, limitId, days } = data as { crossingId: string; limitId: string; days: number }
    if (name === 'credit/crossed') await tellStaffOfCrossing(process(), crossingId)
    if (name === 'credit/increase.ending') await tellStaffOfIncrease(process(), { limitId, days })
  }
}

const notices = () =>
  asOffice(tenantId, async ({ db }) => {
    const rows = await db.notice.findMany({ where: { code: 'limit-ending' }, orderBy: { at: 'asc' }, select: { facts: true, mails: true } })
    return rows.map(({ facts, mails }) => [(facts as { until: string }).until, mails])
  })

test('whoever looks after contracts is mailed of the hardest step a buyer crosses, once', async () => {
  await use('70')
  for (const _ of [1, 2]) await asOffice(tenantId, (ctx) => watchCredit(ctx))
  await mailStaff()
  expect(sent.map(({ letter }) => [letter.to.name, letter.kind === 'crossed' && letter.step])).toEqual([['credit', 'warn']])
  await use('30')
  await asOffice(tenantId, (ctx) => watchCredit(ctx))
  for (const _ of [1, 2]) await mailStaff()
  expect(sent.slice(1).map(({ letter }) => letter)).toMatchObject([
    { kind: 'crossed', step: 'block', customer: 'Linde', exposure: { minor: 11_900n }, limit: { minor: 10_000n } },
  ])
})

test('seven days and one day before an increase ends both sides are told, by the ways the buyer chose', async () => {
  const span = { from: new Date('2026-06-10T00:00:00Z'), until: new Date('2026-06-30T22:00:00Z') }
  await asOffice(tenantId, (ctx) => setCreditLimit(ctx, { accountId, amountMinor: 5000n, reason: 'summer', span }))
  const tell = async (instant: string) => {
    at(instant)
    return asOffice(tenantId, tellEndingIncreases)
  }
  expect(await tell('2026-06-23T21:59:00Z')).toBe(0)
  expect([await tell('2026-06-23T22:00:00Z'), await tell('2026-06-24T08:00:00Z')]).toEqual([1, 0])
  await asOffice(tenantId, (ctx) => saveChoice(ctx, accountId, 'spend', { mails: [], isShown: true, isPosted: false }))
  expect([await tell('2026-06-29T22:00:00Z'), await tell('2026-06-30T21:59:00Z'), await tell('2026-06-30T22:00:00Z')]).toEqual([1, 0, 0])
  expect(await notices()).toEqual([
    ['2026-07-01', ['buyer@example.com']],
    ['2026-07-01', []],
  ])
  at('2026-06-30T08:00:00Z')
  await mailStaff()
  expect(sent.map(({ letter }) => letter)).toMatchObject([
    { kind: 'increase-ends', until: '2026-07-01', increase: { minor: 5000n }, limit: { minor: 10_000n }, to: { name: 'credit' } },
    { kind: 'increase-ends' },
  ])
})

test('an increase of three days is told of on its last day alone', async () => {
  const span = { from: new Date('2026-06-10T00:00:00Z'), until: new Date('2026-06-13T00:00:00Z') }
  await asOffice(tenantId, (ctx) => setCreditLimit(ctx, { accountId, amountMinor: 5000n, reason: 'weekend', span }))
  expect(await asOffice(tenantId, tellEndingIncreases)).toBe(0)
  at('2026-06-12T00:00:00Z')
  expect(await asOffice(tenantId, tellEndingIncreases)).toBe(1)
})
