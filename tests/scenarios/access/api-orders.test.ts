import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { usualFraudSettings } from '#app/domain/fraud/settings.ts'
import { toPublicId } from '#app/domain/shared/ids.ts'
import { addApiKey } from '#app/services/access/api-keys.server.ts'
import { askBack } from '#app/services/fraud/ask-back.server.ts'
import { saveFraudSettings } from '#app/services/fraud/keep-fraud-settings.server.ts'
import { screenOrder } from '#app/services/fraud/screen-order.server.ts'
import { addMember } from '#app/services/people/add-member.server.ts'
import { callApi } from '#tests/support/api-client.ts'
import { asOffice, buildAccount, buildContract, buildPriceBook } from '#tests/support/builders.ts'
import { growTenant } from '#tests/support/tree.ts'
import { sellCart } from '../orders/cart-store.ts'

const host = 'ahorn.localhost'
const place = { location: 'vie-1', image: 'debian-12' }
let tenantId: string
let planCode: string
let owner: { userId: string; accountId: string }
let key: string

beforeAll(async () => {
  setClock(fixedClock('2026-06-01T08:00:00Z'))
  tenantId = await growTenant('ahorn')
  const sold = await sellCart(tenantId)
  planCode = sold.planCode
  const { priceBookId } = await buildPriceBook(tenantId, sold.rules)
  const accountId = await buildAccount(tenantId, { name: 'Café Linde e.U.', country: 'AT' })
  await buildContract(tenantId, { accountId, priceBookId, creditLimitMinor: 150_000n })
  const person = { email: 'orders@kunde.example', name: 'Lena Bauer', language: 'de', accountId, profile: 'customer-owner' } as const
  const { userId } = await asOffice(tenantId, async (ctx) => {
    await ctx.db.tenant.updateMany({ where: { tenantId }, data: { vatId: 'ATU12345675' } })
    const added = await addMember(ctx, person)
    if (!added.ok) throw new Error(added.error)
    const createdAt = ctx.now
    await ctx.db.account.updateMany({ where: { tenantId, id: accountId }, data: { createdAt } })
    await ctx.db.user.updateMany({ where: { id: added.value.userId }, data: { emailConfirmedAt: ctx.now } })
    return added.value
  })
  owner = { userId, accountId }
  key = await keyWith(['order:read', 'order:write', 'invoice:read', 'member:read'])
})
beforeEach(() => setClock(fixedClock('2026-06-01T08:00:00Z')))
afterEach(() => setClock())

async function keyWith(permissions: string[]): Promise<string> {
  const rights = { isOwner: true, permissions: [] }
  const input = { ...owner, rights, name: 'Shop', permissions, networks: '', expiresAt: null }
  const added = await asOffice(tenantId, (ctx) => addApiKey(ctx, input))
  if (!added.ok) throw new Error(added.error)
  return added.value.secret
}

const server = (name: string, facts: object = {}) => ({ type: 'product', product: planCode, name, ...place, ...facts })
const work = { type: 'product', product: 'work', units: 5, note: 'The mail server, please.' }
const shop = (name: string) => ({ type: 'application', application: 'shop', name, location: 'vie-1', tiers: [{ tier: 'web', count: 2 }] })

const post = (path: string, body: object, idempotencyKey?: string, by = key) =>
  callApi({ host, method: 'POST', path, key: by, body, ...(idempotencyKey ? { idempotencyKey } : {}) })
const get = (path: string, by = key) => callApi({ host, path, key: by })
const said = ({ status, body }: { status: number; body: Record<string, unknown> }) => [status, body.code, body.errors]
const countOrders = () => asOffice(tenantId, ({ db }) => db.order.count())

describe('an estimate', () => {
  test('tells what servers, work and an application cost together, and how it could be paid', async () => {
    const { status, body } = await post('/estimates', { items: [server('mail'), work, shop('shop')] })
    expect([status, body]).toMatchObject([
      200,
      {
        // Four servers at 132.00 and five hours at 96.00, with 20 % tax.
        first: { net: { minor: '84000' }, tax: { minor: '16800' }, total: { minor: '100800', currency: 'EUR' } },
        monthly: { total: { minor: '45600' } },
        tax_percent: '20',
        applied_codes: [],
        code_problem: null,
        terms_version: null,
        needs_waiver: false,
        saved_methods: [],
        pay_later: { kind: 'invoice', available: { minor: '150000', currency: 'EUR' }, has_room: true },
      },
    ])
    expect(await countOrders()).toBe(0)
  })

  test('names what is wrong with an item by its place', async () => {
    const wrong = await post('/estimates', { items: [server('mail', { project_id: 'prj_1' }), { ...work, colour: 'red' }] })
    expect(said(wrong)).toEqual([400, 'invalid-request', [{ pointer: '/colour', code: 'unknown' }]])
    const ids = await post('/estimates', { items: [work, server('Not a name', { project_id: 'prj_1' })] })
    expect(said(ids)).toEqual([
      400,
      'invalid-request',
      [
        { pointer: '/items/1/project_id', code: 'invalid' },
        { pointer: '/items/1/name', code: 'malformed-name' },
      ],
    ])
    expect(said(await post('/estimates', { items: [{ ...shop('a'), tiers: [{ tier: 'web', count: 9 }] }] }))[1]).toBe('tier-count')
    expect(said(await post('/estimates', { items: [server('mail', { options: ['none'] })] }))[1]).toBe('option-not-offered')
    const unknown = await post('/estimates', { items: [{ type: 'product', product: 'none' }] })
    expect(said(unknown)).toEqual([400, 'invalid-request', [{ pointer: '/items', code: 'plan-not-found' }]])
  })
})

describe('an order', () => {
  const wish = () => ({ items: [server('mail'), work, shop('shop')], agreed_total: { minor: '100800', currency: 'EUR' } })

  test('needs the right, a key of its own, the price that was agreed to, and room for it', async () => {
    const reader = await keyWith(['order:read'])
    expect(said(await post('/orders', wish(), 'a', reader))[1]).toBe('permission-missing')
    expect(said(await post('/orders', wish()))[1]).toBe('idempotency-key-missing')
    const cheaper = { ...wish(), agreed_total: { minor: '100799', currency: 'EUR' } }
    expect(said(await post('/orders', cheaper, 'b'))).toEqual([409, 'amount-changed', undefined])
    expect(said(await post('/orders', { ...wish(), terms_version: 3 }, 'c'))[2]).toEqual([
      { pointer: '/terms_version', code: 'not-current' },
    ])
    const saved = { ...wish(), payment: { way: 'saved', method_id: 'pm_01987a00000070008000000000000000' } }
    expect(said(await post('/orders', saved, 'd'))[1]).toBe('permission-missing')
    const payer = await keyWith(['order:write', 'payment:write'])
    expect(said(await post('/orders', saved, 'e', payer))[2]).toEqual([{ pointer: '/payment/method_id', code: 'unknown' }])
    const much = { items: [server('big', { quantity: 20 }), server('more', { quantity: 1 })] }
    expect(said(await post('/orders', much, 'f'))[1]).toBe('too-many-pieces')
    expect(said(await post('/orders', { items: [server('big', { quantity: 20 })] }, 'g'))[1]).toBe('no-credit')
    expect(said(await post('/orders', { items: [server('mail', { location: 'mars-1' })] }, 'h'))[2]).toEqual([
      { pointer: '/items', code: 'location-not-offered' },
    ])
    expect(await countOrders()).toBe(0)
  })

  test('is placed once however often it is sent, all of it together, and waits for whom staff ask', async () => {
    const [first, second] = await Promise.all([post('/orders', wish(), 'once'), post('/orders', wish(), 'once')])
    const placed = first.status === 202 ? first : second
    expect(placed.status).toBe(202)
    expect([placed.body.state, placed.body.total, placed.body.pay_url]).toEqual(['placed', { minor: '100800', currency: 'EUR' }, null])
    const pieces = placed.body.pieces as unknown as { name: string; product: string }[]
    expect(pieces.map(({ name }) => name)).toEqual(['mail', 'Arbeitsstunden', 'shop-db', 'shop-web-1', 'shop-web-2'])
    const again = await post('/orders', wish(), 'once')
    expect([again.body, again.headers.get('Idempotency-Replayed')]).toEqual([placed.body, 'true'])
    expect(said(await post('/orders', { items: [work] }, 'once'))[1]).toBe('idempotency-key-reused')
    expect(await countOrders()).toBe(5)
    const listed = await get('/orders')
    expect(listed.body).toMatchObject({ data: [{ id: placed.body.id, total: { minor: '100800' } }] })
    expect(await asOffice(tenantId, ({ db }) => db.application.count())).toBe(1)

    const orderId = await leadId()
    await asOffice(tenantId, (ctx) => saveFraudSettings(ctx, { ...usualFraudSettings, reviewScore: 1 }))
    await screenOrder(tenantId, orderId)
    const asked = await asOffice(tenantId, (ctx) => askBack(ctx, { orderId, question: 'What is it for?' }))
    expect(asked).toEqual({ ok: true, value: null })
    const path = `/orders/${placed.body.id}`
    const [question] = (await get(path)).body.questions as unknown as { id: string }[]
    expect(question).toMatchObject({ question: 'What is it for?', answer: null, is_open: true })
    const answer = { question_id: question?.id, answer: 'A shop for linden tea.' }
    const answered = await post(`${path}/answers`, answer)
    expect(answered.body.questions).toMatchObject([{ answer: 'A shop for linden tea.', is_open: false }])
    expect(said(await post(`${path}/answers`, answer))[2]).toEqual([{ pointer: '/question_id', code: 'question-not-open' }])
    expect((await get(`/orders/${toPublicId('order', owner.userId)}`)).status).toBe(404)
  })

  test('that is to be paid by a link tells the link, and nothing is built before', async () => {
    const { status, body } = await post('/orders', { items: [work], payment: { way: 'link' } }, 'link')
    expect([status, body.state]).toEqual([202, 'placed'])
    expect(body.pay_url).toMatch(/^http:\/\/ahorn\.localhost:\d+\/order\/[0-9a-f-]{36}\/pay$/)
  })
})

test('people and payments are told to keys that may read them', async () => {
  const { body } = await get('/members')
  expect(body.data).toMatchObject([{ email: 'orders@kunde.example', profile: 'customer-owner', is_owner: true, projects: null }])
  const [member] = body.data as unknown as { id: string }[]
  expect((await get(`/members/${member?.id}`)).body).toEqual(member)
  expect((await get('/payments')).body).toEqual({ data: [], next_cursor: null, has_more: false })
  expect((await get(`/payments/${toPublicId('payment', owner.userId)}`)).status).toBe(404)
  const other = await keyWith(['order:read'])
  expect([(await get('/members', other)).status, (await get('/payments', other)).status]).toEqual([403, 403])
})

async function leadId(): Promise<string> {
  const order = await asOffice(tenantId, ({ db }) => db.order.findFirstOrThrow({ where: { leadOrderId: null }, select: { id: true } }))
  return order.id
}
