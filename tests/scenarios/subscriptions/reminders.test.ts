import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { inTenant } from '#app/db/context.server.ts'
import type { SubscriptionChange } from '#app/domain/subscription/subscription-change.ts'
import { reminderPorts } from '#app/jobs/subscription-reminders.server.ts'
import type { Mail } from '#app/ports/mailer.ts'
import { remindSubscribers } from '#app/services/subscriptions/remind-subscribers.server.ts'
import { renewSubscriptions } from '#app/services/subscriptions/renew-subscriptions.server.ts'
import { requestChange } from '#app/services/subscriptions/request-change.server.ts'
import { setRenewal } from '#app/services/subscriptions/set-renewal.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { asOffice, buildAccount, buildContract, buildPriceBook, buildProduct, buildSubscription } from '#tests/support/builders.ts'
import { growTenant } from '#tests/support/tree.ts'

beforeEach(() => setClock(fixedClock('2026-01-01T10:00:00Z')))
afterEach(() => setClock())

/** A brand is worn by one seller; each test begins with its earlier customers gone. */
const grown = new Map<string, string>()

/** A seller that wears the brand `slug`, with one customer whose year of a plan at 10.00 a month ends on 1 July 2026. */
async function sellerOf(slug: string, { language = 'de', email = 'maria@linde.example' } = {}) {
  const tenantId = grown.get(slug) ?? (await growTenant(slug))
  grown.set(slug, tenantId)
  await inTenant(tenantId, ({ db }) => db.subscription.updateMany({ where: { tenantId }, data: { state: 'ended' } }))
  const accountId = await buildAccount(tenantId, { name: 'Maria Linde', email })
  await inTenant(tenantId, ({ db }) => db.account.updateMany({ where: { tenantId, id: accountId }, data: { language } }))
  const productId = await buildProduct(tenantId, 'Web 1')
  const { priceBookId } = await buildPriceBook(tenantId, [{ feeKind: 'recurring', price: '10', productId }])
  const contractId = await buildContract(tenantId, { accountId, priceBookId, feesInAdvance: true })
  const subscriptionId = await buildSubscription(tenantId, {
    accountId,
    contractId,
    productId,
    name: 'shop-01',
    startedAt: '2025-06-30T22:00:00Z',
  })
  await change({ tenantId, subscriptionId }, { endsAt: new Date('2026-06-30T22:00:00Z'), renews: true })
  return { tenantId, subscriptionId, productId }
}

type Sold = Awaited<ReturnType<typeof sellerOf>>
type Changes = {
  endsAt?: Date
  trialEndsAt?: Date
  renews?: boolean
  startedAt?: Date
  feedsTenantId?: string
  feedsSubscriptionId?: string
}

function change({ tenantId, subscriptionId }: Pick<Sold, 'tenantId' | 'subscriptionId'>, data: Changes): Promise<unknown> {
  return inTenant(tenantId, ({ db }) => db.subscription.updateMany({ where: { tenantId, id: subscriptionId }, data }))
}

/** Runs the job of `tenantId` at `at` and returns what it mailed. */
async function remindedAt(tenantId: string, at: string): Promise<Mail[]> {
  setClock(fixedClock(at))
  const sent: Mail[] = []
  const send = async (mail: Mail) => ({ messageId: String(sent.push(mail)) })
  await remindSubscribers(processOf(tenantId, { ...reminderPorts(), mailer: { send } }))
  return sent
}

const textOf = (mail: Mail | undefined) => mail?.text.replaceAll(/[\u00a0\u202f]/g, ' ')

describe('before a term begins again', () => {
  test('the customer is mailed once, in its language and the seller’s name, with date, price and how to stop it', async () => {
    const { tenantId, subscriptionId } = await sellerOf('ahorn')
    expect(await remindedAt(tenantId, '2026-06-16T10:00:00Z')).toEqual([])
    const [mail, ...others] = await remindedAt(tenantId, '2026-06-17T10:00:00Z')
    expect(others).toEqual([])
    expect([mail?.subject, mail?.to, mail?.language, mail?.from.name]).toEqual([
      'shop-01 verlängert sich am 1. Juli 2026',
      [{ name: 'Maria Linde', address: 'maria@linde.example' }],
      'de',
      'ahorn GmbH',
    ])
    for (const words of ['1. Juli 2026 – 30. Juni 2027', '€ 120,00', 'Verlängerung', `/panel/subscriptions/${subscriptionId}`]) {
      expect(textOf(mail)).toContain(words)
    }
    expect([...(await remindedAt(tenantId, '2026-06-17T11:00:00Z')), ...(await remindedAt(tenantId, '2026-06-29T10:00:00Z'))]).toEqual([])
  })

  test('and in the next term again, once', async () => {
    const { tenantId } = await sellerOf('ahorn')
    expect(await remindedAt(tenantId, '2026-06-20T10:00:00Z')).toHaveLength(1)
    setClock(fixedClock('2026-07-01T06:00:00Z'))
    await renewSubscriptions(tenantId)
    expect(await remindedAt(tenantId, '2026-07-02T10:00:00Z')).toEqual([])
    const [mail] = await remindedAt(tenantId, '2027-06-20T10:00:00Z')
    expect(mail?.subject).toBe('shop-01 verlängert sich am 1. Juli 2027')
    expect(await remindedAt(tenantId, '2027-06-21T10:00:00Z')).toEqual([])
  })

  test('no mail leaves at night where the seller is', async () => {
    const { tenantId } = await sellerOf('ahorn')
    expect([...(await remindedAt(tenantId, '2026-06-18T05:30:00Z')), ...(await remindedAt(tenantId, '2026-06-18T18:30:00Z'))]).toEqual([])
    expect(await remindedAt(tenantId, '2026-06-18T06:00:00Z')).toHaveLength(1)
  })

  test('as many days before as the plan says, and never when it says so', async () => {
    const { tenantId, productId } = await sellerOf('ahorn')
    const plan = (reminderDays: number) =>
      inTenant(tenantId, ({ db }) => db.product.updateMany({ where: { tenantId, id: productId }, data: { spec: { reminderDays } } }))
    await plan(0)
    expect(await remindedAt(tenantId, '2026-06-29T10:00:00Z')).toEqual([])
    await plan(60)
    expect(await remindedAt(tenantId, '2026-05-02T10:00:00Z')).toHaveLength(1)
  })
})

describe('what is cancelled', () => {
  test('is not announced any more, whenever it ends', async () => {
    const { tenantId, subscriptionId } = await sellerOf('ahorn')
    setClock(fixedClock('2026-06-10T10:00:00Z'))
    const cancel: SubscriptionChange = { kind: 'cancel' }
    const asked = await asOffice(tenantId, (ctx) =>
      requestChange(ctx, { subscriptionId, change: cancel, when: { date: '2026-07-01' }, chosenBy: 'buyer' }),
    )
    expect(asked.ok).toBe(true)
    expect(await remindedAt(tenantId, '2026-06-20T10:00:00Z')).toEqual([])
  })

  test('by switching the renewal off is announced as an end', async () => {
    const { tenantId, subscriptionId } = await sellerOf('ahorn')
    await asOffice(tenantId, (ctx) => setRenewal(ctx, { subscriptionId, renews: false }))
    const [mail] = await remindedAt(tenantId, '2026-06-20T10:00:00Z')
    expect(mail?.subject).toBe('shop-01 endet am 1. Juli 2026')
  })
})

test('before a trial is paid for, the customer reads from when and what it costs', async () => {
  const sold = await sellerOf('ahorn')
  const { tenantId } = sold
  await change(sold, { startedAt: new Date('2026-06-01T08:00:00Z'), trialEndsAt: new Date('2026-06-15T08:00:00Z') })
  expect(await remindedAt(tenantId, '2026-06-11T10:00:00Z')).toEqual([])
  const [mail] = await remindedAt(tenantId, '2026-06-12T10:00:00Z')
  expect(mail?.subject).toBe('Die Probezeit von shop-01 endet am 15. Juni 2026')
  for (const words of ['1. Juli 2026 – 31. Juli 2026', '€ 10,00']) expect(textOf(mail)).toContain(words)
})

test('a job of one seller mails no customer of another, and each seller speaks for itself', async () => {
  const ahorn = await sellerOf('ahorn')
  const lakeside = await sellerOf('lakeside', { language: 'ar', email: 'keller@praxis.example' })
  const first = await remindedAt(ahorn.tenantId, '2026-06-20T10:00:00Z')
  expect(first.map(({ to }) => to[0]?.address)).toEqual(['maria@linde.example'])
  const [mail, ...others] = await remindedAt(lakeside.tenantId, '2026-06-20T10:00:00Z')
  expect([others, mail?.to[0]?.address, mail?.from.name]).toEqual([[], 'keller@praxis.example', 'lakeside GmbH'])
  expect(`${mail?.subject}${mail?.html}${mail?.text}`).not.toMatch(/ahorn(?!gasse)|meridian|livery/i)
})

test('the buy-side of what is sold below is announced to nobody here', async () => {
  const sold = await sellerOf('ahorn')
  const below = await sellerOf('lakeside')
  await change(sold, { feedsTenantId: below.tenantId, feedsSubscriptionId: below.subscriptionId })
  expect(await remindedAt(sold.tenantId, '2026-06-20T10:00:00Z')).toEqual([])
})
