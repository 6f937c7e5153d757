import { v7 } from 'uuid'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { insertSecurityProfiles } from '#app/db/people/people.server.ts'
import { type FraudSettings, usualFraudSettings } from '#app/domain/fraud/settings.ts'
import { readyProfiles } from '#app/domain/tenancy/security-profiles.ts'
import { noticePorts } from '#app/jobs/notice-ports.server.ts'
import { readOfficeStart } from '#app/reports/office-start/query.server.ts'
import { readPanelShell } from '#app/reports/panel-shell/query.server.ts'
import { readReviews } from '#app/reports/screening/query.server.ts'
import { readSignUps } from '#app/reports/screening/sign-ups.server.ts'
import { mailNotice } from '#app/services/budgets/mail-notice.server.ts'
import { saveFraudSettings } from '#app/services/fraud/keep-fraud-settings.server.ts'
import { addListEntry } from '#app/services/fraud/keep-lists.server.ts'
import { reviewOrder } from '#app/services/fraud/review-order.server.ts'
import { type ReviewSignUpInput, reviewSignUp } from '#app/services/fraud/review-sign-up.server.ts'
import { screenOrder } from '#app/services/fraud/screen-order.server.ts'
import { isBlocked } from '#app/services/holds/effect-of.server.ts'
import { placeGuestOrder } from '#app/services/orders/place-guest-order.server.ts'
import { registerCustomer } from '#app/services/people/register-customer.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { inPanel, type TenantContext } from '#app/wiring.server.ts'
import { asOffice, builtAt } from '#tests/support/builders.ts'
import { keepingMailer } from '#tests/support/deliveries.ts'
import { buildShop, orderWith, type Shop } from '../promotions/store.ts'

let shop: Shop
beforeEach(async () => {
  setClock(fixedClock('2026-07-05T14:40:00Z'))
  shop = await buildShop()
  await office((ctx) => insertSecurityProfiles(ctx, readyProfiles))
  await office(sellToVisitors)
})
afterEach(() => setClock())

/** The prices of the shop's plan, as visitors see them. */
async function sellToVisitors({ db, tenantId }: TenantContext): Promise<void> {
  const [priceBookId, priceVersionId] = [v7(), v7()]
  const shown = { tenantId, isPublic: true, createdAt: builtAt }
  await db.priceBook.createMany({ data: [{ ...shown, id: priceBookId, code: 'store', name: 'Store', currency: 'EUR' }] })
  await db.priceVersion.createMany({ data: [{ ...shown, id: priceVersionId, priceBookId, number: 1, validFrom: builtAt }] })
  const fee = {
    id: v7(),
    priceVersionId,
    productId: shop.productId,
    feeKind: 'recurring',
    unitPrice: '95.00',
    unit: 'month',
    included: '0',
  }
  await db.priceRule.createMany({ data: [{ tenantId, isPublic: true, ...fee, match: {} }] })
}

const office = <T>(work: Parameters<typeof asOffice<T>>[1]) => asOffice(shop.tenantId, work)
const settings = (change: Partial<FraudSettings>) => office((ctx) => saveFraudSettings(ctx, { ...usualFraudSettings, ...change }))

const person = (email: string) => ({
  kind: 'personal' as const,
  name: 'Ida Probst',
  email,
  language: 'de',
  country: 'AT',
  addressLines: ['Hauptplatz 1', '8010 Graz'],
})

async function signUp(email = 'ida@probst.example', address = '198.51.100.7') {
  const origin = { addressHash: `hash of ${address}`, address }
  const made = await office((ctx) => registerCustomer(ctx, { ...person(email), passwordHash: 'none', origin }))
  if (!made.ok || !made.value.isNew) throw new Error('not registered')
  return made.value.accountId
}

const order = (accountId: string) => orderWith(shop, accountId, [])
const review = (input: Omit<ReviewSignUpInput, 'words'> & { words?: string }) =>
  office((ctx) => reviewSignUp(ctx, { words: null, ...input }))
const standing = (accountId: string) => inPanel(shop.tenantId, [accountId], async (ctx) => (await readPanelShell(ctx, accountId)).hold)
const waiting = async () => (await office(readSignUps)).open

async function mailed(accountId: string) {
  const { mails, mailer } = keepingMailer()
  const notices = await office(({ db }) =>
    db.notice.findMany({ where: { accountId, code: 'sign-up-decided' }, select: { id: true }, take: 5 }),
  )
  for (const { id } of notices) await mailNotice(processOf(shop.tenantId, { ...noticePorts(), mailer }), id)
  return [...mails.values()]
}

describe('where sign-ups are approved by themselves', () => {
  test('an account orders at once, and its risk is kept', async () => {
    const accountId = await signUp()
    expect((await order(accountId)).ok).toBe(true)
    expect(await standing(accountId)).toBeNull()
    expect(await office(({ db }) => db.riskScreening.findFirstOrThrow({ where: { accountId } }))).toMatchObject({
      verdict: 'pass',
      score: 0,
    })
  })

  test('a deny list still refuses: by a country, and by a range of network addresses', async () => {
    const deny = { list: 'deny', note: 'Probe' } as const
    await office((ctx) => addListEntry(ctx, { ...deny, kind: 'range', typed: '203.0.113.0/24' }))
    const refused = await signUp('a@probst.example', '203.0.113.99')
    expect([await standing(refused), await order(refused)]).toMatchObject([{ signUp: 'refused' }, { ok: false, error: 'account-held' }])
    expect((await order(await signUp('b@probst.example'))).ok).toBe(true)
    await office((ctx) => addListEntry(ctx, { ...deny, kind: 'country', typed: 'AT' }))
    expect(await standing(await signUp('c@probst.example'))).toMatchObject({ signUp: 'refused' })
  })
})

describe('a sign-up that the rules find', () => {
  beforeEach(async () => {
    await settings({ signUps: 'rules' })
    await office((ctx) => addListEntry(ctx, { list: 'watch', kind: 'domain', typed: 'probst.example', note: 'Nie bezahlt' }))
  })

  test('waits with its reasons: it sees that, and orders nothing until it is cleared; then it is told by mail', async () => {
    const accountId = await signUp()
    expect(await waiting()).toMatchObject([{ accountId, score: 50, reasons: [{ reason: 'watched', points: 50 }] }])
    expect(await standing(accountId)).toEqual({ isStopped: false, signUp: 'waiting', missing: null })
    expect(await order(accountId)).toEqual({ ok: false, error: 'account-held' })
    expect(await office((ctx) => isBlocked(ctx, accountId))).toBe(true)

    const cleared = { accountId, decision: 'pass', note: 'Angerufen', words: 'Willkommen!' } as const
    expect(await review(cleared)).toEqual({ ok: true, value: null })
    expect(await review(cleared)).toEqual({ ok: false, error: 'review-not-open' })
    expect([await waiting(), await standing(accountId), (await order(accountId)).ok]).toEqual([[], null, true])
    const [mail, ...more] = await mailed(accountId)
    expect([mail?.subject, mail?.to[0]?.address, more]).toEqual(['Ihr Konto ist bereit', 'ida@probst.example', []])
    expect(mail?.text).toContain('Willkommen!')
    expect(mail?.text).not.toContain('Angerufen')
  })

  test('is refused by a person, told so, and may be cleared later', async () => {
    const accountId = await signUp()
    await review({ accountId, decision: 'refuse', note: 'Erfundene Adresse' })
    expect(await standing(accountId)).toMatchObject({ signUp: 'refused' })
    expect(await order(accountId)).toEqual({ ok: false, error: 'account-held' })
    expect((await mailed(accountId)).map(({ subject }) => subject)).toEqual(['Ihr Konto wurde nicht angenommen'])
    expect(await review({ accountId, decision: 'refuse', note: 'Noch einmal' })).toEqual({ ok: false, error: 'review-not-open' })
    setClock(fixedClock('2026-07-05T15:40:00Z'))
    expect((await review({ accountId, decision: 'pass', note: 'Doch echt' })).ok).toBe(true)
    expect((await order(accountId)).ok).toBe(true)
  })

  test('stands on the start page of those who may decide', async () => {
    await signUp()
    const needs = (mayReview: boolean) =>
      office(async (ctx) => {
        const rights = { mayApprove: false, mayWrite: false, mayReview }
        return (await readOfficeStart(ctx, { failedJobs: 0, rights })).needs.filter(({ kind }) => kind === 'sign-up-review')
      })
    expect([await needs(true), await needs(false)]).toEqual([[{ kind: 'sign-up-review', count: 1 }], []])
  })
})

describe('the order of a guest whose sign-up waits', () => {
  async function guest(name = 'gast') {
    const placed = await placeGuestOrder({
      tenantId: shop.tenantId,
      customer: person(`${name}@probst.example`),
      guestToken: `secret of ${name}`,
      idempotencyKey: name,
      planCode: shop.planCode,
      locationCode: 'vie-1',
      imageCode: 'debian-12',
      name,
      addressHash: 'hash',
    })
    if (!placed.ok) throw new Error(placed.error)
    return placed.value
  }

  test('waits with it, and goes on when it is cleared and nothing else speaks against the order', async () => {
    await settings({ signUps: 'everyone' })
    const { orderId, accountId } = await guest()
    expect(await screenOrder(shop.tenantId, orderId)).toBe('review')
    expect((await office((ctx) => readReviews(ctx, 'de'))).open[0]?.reasons.map(({ reason }) => reason)).toContain('sign-up-waits')
    const alone = await office((ctx) => reviewOrder(ctx, { orderId, decision: 'pass', note: 'Nur die Bestellung' }))
    expect(alone).toEqual({ ok: false, error: 'sign-up-waits' })
    await review({ accountId, decision: 'pass', note: 'Bekannt' })
    expect(await screenOrder(shop.tenantId, orderId)).toBe('pass')
  })

  test('goes on waiting when the rules find something about it, too; with a refused account it ends', async () => {
    await settings({ signUps: 'everyone', reviewScore: 5 })
    const { orderId, accountId } = await guest()
    await screenOrder(shop.tenantId, orderId)
    await review({ accountId, decision: 'pass', note: 'Bekannt' })
    expect(await screenOrder(shop.tenantId, orderId)).toBe('review')

    await settings({ signUps: 'everyone' })
    const second = await guest('zweite')
    await screenOrder(shop.tenantId, second.orderId)
    await review({ accountId: second.accountId, decision: 'refuse', note: 'Erfunden' })
    expect(await screenOrder(shop.tenantId, second.orderId)).toBe('refuse')
  })
})
