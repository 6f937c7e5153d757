import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { saveChoice } from '#app/db/people/notices.server.ts'
import { usualFraudSettings } from '#app/domain/fraud/settings.ts'
import { accountDataEntries } from '#app/jobs/account-data.server.ts'
import { noticePorts } from '#app/jobs/notice-ports.server.ts'
import { readOrderProgress } from '#app/reports/order-progress/query.server.ts'
import { readReviews } from '#app/reports/screening/query.server.ts'
import { mailNotice } from '#app/services/budgets/mail-notice.server.ts'
import { answerQuestion } from '#app/services/fraud/answer-question.server.ts'
import { askBack } from '#app/services/fraud/ask-back.server.ts'
import { saveFraudSettings } from '#app/services/fraud/keep-fraud-settings.server.ts'
import { reviewOrder } from '#app/services/fraud/review-order.server.ts'
import { screenOrder } from '#app/services/fraud/screen-order.server.ts'
import { isBlocked } from '#app/services/holds/effect-of.server.ts'
import { placeHold } from '#app/services/holds/place-hold.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { inPanel } from '#app/wiring.server.ts'
import { asOffice, buildAccount, buildContract } from '#tests/support/builders.ts'
import { keepingMailer } from '#tests/support/deliveries.ts'
import { wordsInDump } from '#tests/support/dump.ts'
import { buildShop, orderWith, type Shop } from '../promotions/store.ts'

let shop: Shop
let accountId: string
let orderId: string
beforeEach(async () => {
  setClock(fixedClock('2026-07-05T14:40:00Z'))
  shop = await buildShop()
  accountId = await buildAccount(shop.tenantId, { country: 'AT', email: 'ida@probst.example', language: 'de' })
  await buildContract(shop.tenantId, { accountId, priceBookId: shop.priceBookId })
  await office(({ db, now, tenantId }) => db.account.updateMany({ where: { tenantId, id: accountId }, data: { createdAt: now } }))
  await office((ctx) => saveFraudSettings(ctx, { ...usualFraudSettings, reviewScore: 10 }))
  const order = await orderWith(shop, accountId, [])
  if (!order.ok) throw new Error(order.error)
  orderId = order.value.orderId
  await screenOrder(shop.tenantId, orderId)
})
afterEach(() => setClock())

const office = <T>(work: Parameters<typeof asOffice<T>>[1]) => asOffice(shop.tenantId, work)
const panel = <T>(work: Parameters<typeof asOffice<T>>[1], accounts = [accountId]) => inPanel(shop.tenantId, accounts, work)
const ask = (question = 'Wofür brauchen Sie den Server?') => office((ctx) => askBack(ctx, { orderId, question }))
const seen = async () => (await panel((ctx) => readOrderProgress(ctx, orderId, 'de')))?.questions ?? []
const queued = async () => (await office((ctx) => readReviews(ctx, 'de'))).open.find((order) => order.orderId === orderId)?.questions
const answer = async (text: string, accounts = [accountId]) => {
  const questionId = (await seen()).at(-1)?.id ?? ''
  return panel((ctx) => answerQuestion(ctx, { orderId, questionId, answer: text }), accounts)
}

async function mailed() {
  const { mails, mailer } = keepingMailer()
  const notices = await office(({ db }) => db.notice.findMany({ where: { accountId }, select: { id: true }, take: 10 }))
  for (const { id } of notices) await mailNotice(processOf(shop.tenantId, { ...noticePorts(), mailer }), id)
  return [...mails.values()]
}

describe('a question about an order that waits', () => {
  test('is mailed to the buyer, seen on the order’s page and answered there; staff see the answer, and the order waits on', async () => {
    await office((ctx) => placeHold(ctx, { accountId, source: 'staff', effect: 'block-orders', reason: 'Prüfung', key: 'staff' }))
    expect(await ask()).toEqual({ ok: true, value: null })
    const [mail, ...more] = await mailed()
    expect([mail?.subject, mail?.to, more]).toEqual([
      'Eine Frage zu Ihrer Bestellung',
      [expect.objectContaining({ address: 'ida@probst.example' })],
      [],
    ])
    expect(mail?.text).toContain('Wofür brauchen Sie den Server?')
    expect(mail?.text).toContain(`/order/${orderId}`)
    expect(await seen()).toMatchObject([{ question: 'Wofür brauchen Sie den Server?', isOpen: true, answer: null }])

    expect(await answer('Für unseren Shop.\nSeit Mai.')).toEqual({ ok: true, value: null })
    expect(await seen()).toMatchObject([{ isOpen: false, answer: 'Für unseren Shop.\nSeit Mai.' }])
    expect(await queued()).toMatchObject([{ question: 'Wofür brauchen Sie den Server?', answer: 'Für unseren Shop.\nSeit Mai.' }])
    expect(await wordsInDump(['Für unseren Shop']), 'what was answered is sealed').toEqual([])
    const order = await office(({ db }) => db.order.findFirstOrThrow({ where: { id: orderId }, select: { state: true } }))
    expect([order.state, await office((ctx) => isBlocked(ctx, accountId)), await screenOrder(shop.tenantId, orderId)]).toEqual([
      'placed',
      true,
      'review',
    ])
  })

  test('is the only open one, and answered once; after the answer there may be another', async () => {
    await ask()
    expect(await ask('Und sonst?')).toEqual({ ok: false, error: 'asked-already' })
    await answer('Für den Shop')
    const [first] = await seen()
    const again = () => panel((ctx) => answerQuestion(ctx, { orderId, questionId: first?.id ?? '', answer: 'Doch nicht' }))
    expect(await again()).toEqual({ ok: false, error: 'question-not-open' })
    expect(await ask('Wo sitzt Ihre Firma?')).toEqual({ ok: true, value: null })
    expect((await seen()).map(({ isOpen }) => isOpen)).toEqual([false, true])
  })

  test('reaches the account’s own address also when it wants no mails of its account', async () => {
    await office((ctx) => saveChoice(ctx, accountId, 'account', { mails: [], isShown: false, isPosted: false }))
    await ask()
    expect((await mailed()).map(({ to }) => to[0]?.address)).toEqual(['ida@probst.example'])
  })

  test('ends with the decision', async () => {
    await ask()
    await office((ctx) => reviewOrder(ctx, { orderId, decision: 'pass', note: 'Angerufen' }))
    expect(await seen()).toMatchObject([{ isOpen: false, answer: null }])
    expect(await answer('Zu spät')).toEqual({ ok: false, error: 'question-not-open' })
    expect(await ask('Noch etwas?')).toEqual({ ok: false, error: 'review-not-open' })
  })

  test('stands with its answer in the data that the buyer takes along', async () => {
    await ask()
    await answer('Für meinen Laden')
    const asked = { accountId, accountIds: [accountId], language: 'de', zone: 'Europe/Vienna' }
    const files = new Map<string, string>()
    for await (const { name, content } of accountDataEntries({ tenantId: shop.tenantId, asked, at: new Date('2026-07-06T10:00:00Z') }))
      files.set(name, new TextDecoder().decode(content as Uint8Array))
    expect(JSON.parse(files.get('orders.jsonl') ?? '')).toMatchObject({
      questions: [{ question: 'Wofür brauchen Sie den Server?', answer: 'Für meinen Laden', is_open: false }],
    })
  })

  test('is nobody else’s to see or answer', async () => {
    await ask()
    const other = await buildAccount(shop.tenantId, { email: 'otto@anders.example' })
    expect(await panel(({ db }) => db.orderQuestion.count(), [other])).toBe(0)
    expect(await answer('Ich bin es', [other])).toEqual({ ok: false, error: 'question-not-open' })
  })
})
