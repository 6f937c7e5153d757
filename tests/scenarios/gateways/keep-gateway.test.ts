import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { malformedFields, paymentGateways } from '#app/adapters/payments/gateways.ts'
import { clock } from '#app/config/clock.server.ts'
import { systemActor } from '#app/domain/shared/actor.ts'
import { listGateways, readGateway } from '#app/reports/gateways/query.server.ts'
import {
  addGateway,
  changeGateway,
  type GatewayInput,
  type KeepingProcess,
  switchGateway,
  testGateway,
} from '#app/services/gateways/keep-gateway.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { gatewayPorts, sealGatewaySecrets } from '#app/wiring.server.ts'
import { asOffice, buildTenant } from '#tests/support/builders.ts'
import { type StripeEmulator, startStripeEmulator } from '#tests/support/stripe-emulator/emulator.ts'

let stripe: StripeEmulator
let tenantId: string
let process: KeepingProcess
beforeAll(async () => {
  stripe = await startStripeEmulator()
})
afterAll(() => stripe.close())
beforeEach(async () => {
  tenantId = await buildTenant()
  const gateways = paymentGateways({ clock, stripeUrl: stripe.url, paypalUrl: undefined, sandboxDirectory: () => '/nowhere' })
  process = processOf(tenantId, { ...gatewayPorts(), gateways, seal: sealGatewaySecrets, malformedFields }, systemActor('test'))
  stripe.isRevoked = false
})

const wish = (change: Partial<GatewayInput> = {}) => ({
  ...({ gateway: 'stripe', mode: 'test', name: 'Cards', currencies: ['EUR', 'ISK'], settings: { methods: ['card'] } } as const),
  secrets: { secretKey: stripe.secretKey, webhookSecret: stripe.webhookSecret },
  ...change,
})
async function added(change: Partial<GatewayInput> = {}): Promise<string> {
  const kept = await addGateway(process, wish(change))
  if (!kept.ok) throw new Error(kept.error)
  return kept.value.gatewayAccountId
}
const row = (id: string) => asOffice(tenantId, ({ db }) => db.gatewayAccount.findFirstOrThrow({ where: { id } }))
const secretsOf = async (id: string) => process.ports.openSecrets((await row(id)).secretCiphertext, id)

describe('a seller connects its account at a gateway', () => {
  test('once the gateway takes the keys; they are sealed, and no page holds them', async () => {
    const id = await added()
    const view = await asOffice(tenantId, (ctx) => readGateway(ctx, id))
    expect(view).toMatchObject({
      gateway: 'stripe',
      mode: 'test',
      state: 'active',
      externalId: 'acct_1Emulated',
      currencies: ['EUR', 'ISK'],
    })
    const told = JSON.stringify([
      view,
      await asOffice(tenantId, ({ db }) => db.auditEntry.findMany()),
      Buffer.from((await row(id)).secretCiphertext).toString('latin1'),
    ])
    for (const secret of [stripe.secretKey, stripe.webhookSecret]) expect(told).not.toContain(secret)
    expect(await secretsOf(id)).toEqual({ secretKey: stripe.secretKey, webhookSecret: stripe.webhookSecret })
    expect(stripe.world.ledger.entries).toEqual([])
  })

  test('a sealed secret of one account does not open for another', async () => {
    const id = await added()
    const { secretCiphertext } = await row(id)
    expect(() => process.ports.openSecrets(secretCiphertext, '0192aaaa-0000-7000-8000-000000000001')).toThrow()
  })

  test.each([
    ['a currency it cannot charge', { currencies: ['EUR', 'UGX', 'KPW'] }, { error: 'currency-not-offered', fields: ['UGX', 'KPW'] }],
    ['no currency at all', { currencies: ['EURO'] }, { error: 'currency-not-offered', fields: ['EURO'] }],
    [
      'a key of another form',
      { secrets: { secretKey: 'hunter2', webhookSecret: 'whsec_emulatedSecret01' } },
      { error: 'malformed', fields: ['secretKey'] },
    ],
    ['no signing secret', { secrets: { secretKey: 'sk_test_emulated01' } }, { error: 'malformed', fields: ['webhookSecret'] }],
    [
      'a key that is not taken',
      { secrets: { secretKey: 'sk_test_somebodyElses01', webhookSecret: 'whsec_emulatedSecret01' } },
      { error: 'bad-credentials' },
    ],
  ])('%s is refused', async (_what, change, problem) => {
    expect(await addGateway(process, wish(change))).toMatchObject({ ok: false, ...problem })
    expect(await asOffice(tenantId, listGateways)).toEqual([])
  })

  test('one account of a gateway is in use at a time', async () => {
    const first = await added()
    expect(await addGateway(process, wish())).toMatchObject({ ok: false, error: 'already-active' })
    await asOffice(tenantId, (ctx) => switchGateway(ctx, first, 'off'))
    const second = await added()
    expect(await asOffice(tenantId, (ctx) => switchGateway(ctx, first, 'active'))).toMatchObject({ ok: false, error: 'already-active' })
    expect((await asOffice(tenantId, listGateways)).map(({ id, state }) => [id, state])).toEqual([
      [first, 'off'],
      [second, 'active'],
    ])
  })

  test('a new signing secret stands beside the old one, the key stays', async () => {
    const id = await added()
    const secrets = { webhookSecret: 'whsec_theNextSigningSecret01' }
    expect((await changeGateway(process, id, wish({ name: 'Cards of the shop', secrets }))).ok).toBe(true)
    expect(await secretsOf(id)).toEqual({
      secretKey: stripe.secretKey,
      webhookSecret: 'whsec_theNextSigningSecret01',
      previousWebhookSecret: stripe.webhookSecret,
    })
    expect((await asOffice(tenantId, (ctx) => readGateway(ctx, id)))?.name).toBe('Cards of the shop')
  })

  test('a test tells of revoked keys, and what was said is in the log without them', async () => {
    const id = await added()
    expect(await testGateway(process, id)).toEqual({ ok: true, value: undefined })
    stripe.isRevoked = true
    expect(await testGateway(process, id)).toEqual({ ok: false, error: 'bad-credentials' })
    const said = await asOffice(tenantId, ({ db }) => db.gatewayExchange.findMany({ orderBy: { id: 'asc' } }))
    expect(said.map(({ operation, status }) => [operation, status])).toEqual([
      ['account', 200],
      ['account', 401],
    ])
    expect(JSON.stringify(said)).not.toContain(stripe.secretKey)
  })
})
