import { afterEach, expect, test } from 'vitest'
import { environment, provideEnvironment } from '#app/config/env.server.ts'
import { openSecret, presentKeyId, sealSecret } from '#app/config/secret-box.server.ts'
import { newId } from '#app/db/ids.server.ts'
import { insertGatewayAccount } from '#app/db/payments/gateway-accounts.server.ts'
import { rotateSecret } from '#app/db/sellers/webhook-endpoints.server.ts'
import { rotateSecrets, type SecretRotation } from '#app/services/secrets/rotate-secrets.server.ts'
import { addEndpoint } from '#app/services/webhooks/keep-endpoint.server.ts'
import { sealGatewaySecrets, sealWebhookSecret, secretRotation } from '#app/wiring.server.ts'
import { runLivery } from '#scripts/cli/program.ts'
import { asOffice, buildTenant } from '#tests/support/builders.ts'

const first = environment().APP_SECRET ?? ''
const second = 'the second secret of the installation, long enough'
const withKeys = (present: string, previous: string) => provideEnvironment({ APP_SECRET: present, APP_SECRET_PREVIOUS: previous })
afterEach(() => withKeys(first, ''))
/** The database signs in with the first secret all along: the others stand only while something is sealed or opened. */
function underKeys<T>(present: string, previous: string, work: () => T): T {
  withKeys(present, previous)
  try {
    return work()
  } finally {
    withKeys(first, '')
  }
}
const rotation: SecretRotation = {
  keyId: () => underKeys(second, first, secretRotation.keyId),
  reseal: (ciphertext, row) => underKeys(second, first, () => secretRotation.reseal(ciphertext, row)),
}

const canaries = Array.from({ length: 5 }, (_, at) => `kanarienvogel-${at}-7f3a9c`)

/** A seller with a cloud, a webhook endpoint whose secret was just replaced, and gateways; every secret of it is a canary. */
async function sellerWithSecrets() {
  const tenantId = await buildTenant()
  const [cloudId, gatewayId] = [newId(), newId()]
  const cloud = sealSecret(canaries[0] ?? '', `cloud_connections/${cloudId}`)
  const gateway = sealGatewaySecrets({ webhookSecret: canaries[1] ?? '', secretKey: canaries[2] ?? '' }, gatewayId)
  const endpointId = await asOffice(tenantId, async (ctx) => {
    const facts = { name: 'Frankfurt', adapter: 'cloudstack', endpoint: 'https://cloud.example', billedServerMeter: 'running' }
    const sealed = { secretCiphertext: cloud.ciphertext, secretKeyId: cloud.keyId }
    await ctx.db.cloudConnection.createMany({ data: [{ tenantId, id: cloudId, apiKey: 'key', ...facts, ...sealed, createdAt: ctx.now }] })
    const account = { id: gatewayId, gateway: 'sandbox', name: 'Test', mode: 'test', externalId: 'sbx', settings: {} } as const
    await insertGatewayAccount(ctx, { ...account, secret: gateway })
    const added = await addEndpoint(ctx, { accountId: null, url: 'https://hooks.example', eventTypes: ['invoice.paid'] }, sealWebhookSecret)
    if (!added.ok) throw new Error(added.error)
    const { endpointId: id } = added.value
    const until = new Date(ctx.now.getTime() + 86_400_000)
    await rotateSecret(ctx, id, { secret: sealWebhookSecret(canaries[3] ?? '', id), until })
    await rotateSecret(ctx, id, { secret: sealWebhookSecret(canaries[4] ?? '', id), until })
    return id
  })
  return { tenantId, cloudId, gatewayId, endpointId }
}

type Seller = Awaited<ReturnType<typeof sellerWithSecrets>>

/** What the rows hold, as it opens with the second key alone. */
async function opened({ tenantId, cloudId, gatewayId, endpointId }: Seller): Promise<string[]> {
  const { cloud, gateway, endpoint } = await asOffice(tenantId, async ({ db }) => ({
    cloud: await db.cloudConnection.findFirstOrThrow({ where: { id: cloudId } }),
    gateway: await db.gatewayAccount.findFirstOrThrow({ where: { id: gatewayId } }),
    endpoint: await db.webhookEndpoint.findFirstOrThrow({ where: { id: endpointId } }),
  }))
  return underKeys(second, '', () => {
    expect([cloud.secretKeyId, gateway.secretKeyId, endpoint.secretKeyId]).toEqual(Array(3).fill(presentKeyId()))
    return [
      openSecret(cloud.secretCiphertext ?? new Uint8Array(), `cloud_connections/${cloudId}`),
      openSecret(gateway.secretCiphertext, `gateway_accounts/${gatewayId}`),
      openSecret(endpoint.previousSecretCiphertext ?? new Uint8Array(), `webhook_endpoints/${endpointId}`),
      openSecret(endpoint.secretCiphertext, `webhook_endpoints/${endpointId}`),
    ]
  })
}

const wanted = [canaries[0], JSON.stringify({ webhookSecret: canaries[1], secretKey: canaries[2] }), canaries[3], canaries[4]]

test('while keys are replaced what either has sealed opens; what a stranger sealed does not', () => {
  const sealed = sealSecret('plain', 'gateway_accounts/1')
  withKeys(second, first)
  expect(openSecret(sealed.ciphertext, 'gateway_accounts/1')).toBe('plain')
  expect(() => openSecret(sealed.ciphertext, 'gateway_accounts/2')).toThrow()
  withKeys(second, '')
  expect(() => openSecret(sealed.ciphertext, 'gateway_accounts/1')).toThrow()
})

test('the command goes through every tenant and seals what was stored in plain; with nothing to do it says so', async () => {
  await sellerWithSecrets()
  const printed: string[] = []
  const line = { out: (text: string) => printed.push(text), problem: (text: string) => printed.push(text) }
  const answer = async (word: string) => {
    const code = await runLivery(['secrets', word, '--json'], line)
    return { code, ...JSON.parse(printed.splice(0).join('')) }
  }
  expect(await answer('status')).toMatchObject({ code: 1, ok: false, secrets: 0, stale: 1 })
  expect(await answer('rotate')).toEqual({ code: 0, ok: true, rotated: 0, fields: 1, files: 0 })
  expect(await answer('rotate')).toEqual({ code: 0, ok: true, rotated: 0, fields: 0, files: 0 })
  expect(await answer('status')).toMatchObject({ code: 0, ok: true, stale: 0 })
})

test('every sealed secret of a seller opens with the new key alone afterwards, and is told nowhere', async () => {
  const seller = await sellerWithSecrets()
  const { tenantId } = seller
  const rotate = () => asOffice(tenantId, (ctx) => rotateSecrets(ctx, rotation))
  expect(await rotate()).toEqual({ ok: true, value: { rotated: 3 } })
  expect(await rotate()).toEqual({ ok: true, value: { rotated: 0 } })
  expect(await opened(seller)).toEqual(wanted)
  const told = await asOffice(
    tenantId,
    ({ db }) => db.$queryRaw`select a::text from audit_entries a union all select o::text from outbox o`,
  )
  for (const canary of canaries) expect(JSON.stringify(told)).not.toContain(canary)
})
