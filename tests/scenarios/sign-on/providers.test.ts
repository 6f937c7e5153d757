import { afterAll, beforeAll, expect, test } from 'vitest'
import { environment, provideEnvironment } from '#app/config/env.server.ts'
import { heldMemberships } from '#app/db/people/external-identities.server.ts'
import { readProvider, signOnChoices } from '#app/reports/sign-on/query.server.ts'
import {
  addProvider,
  changeProvider,
  type ProviderInput,
  switchProvider,
  testProvider,
} from '#app/services/sign-on/keep-provider.server.ts'
import { givableProfiles } from '#app/services/sign-on/provider-rules.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { providerKeepingPorts } from '#app/wiring.server.ts'
import { register } from '#tests/integration/auth/store-people.ts'
import { asOffice } from '#tests/support/builders.ts'
import { startOidcEmulator } from '#tests/support/oidc-emulator/oidc-emulator.ts'
import { growTenant } from '#tests/support/tree.ts'

const host = 'ahorn.localhost'
const owner = { isOwner: true, permissions: [] }
const before = environment().DIRECTORY_NETWORKS
let ahorn: string
let lakeside: string
let emulator: Awaited<ReturnType<typeof startOidcEmulator>>
beforeAll(async () => {
  provideEnvironment({ DIRECTORY_NETWORKS: 'private' })
  ahorn = await growTenant('ahorn')
  lakeside = await growTenant('lakeside')
  emulator = await startOidcEmulator({ client: { id: 'store', secret: 'secret' }, person: { sub: 'x' } })
})
afterAll(async () => {
  provideEnvironment({ DIRECTORY_NETWORKS: before })
  await emulator.stop()
})

const input = (facts: Partial<ProviderInput> = {}): ProviderInput => ({
  name: 'Ahorn house',
  audience: 'staff',
  emailDomains: ['ahorn.example'],
  createsPeople: true,
  isSecondFactor: false,
  withoutGroup: 'refuse',
  fallback: { profile: '', account: '' },
  own: owner,
  settings: { issuer: emulator.state.issuer, clientId: 'store' },
  secrets: { clientSecret: 'a very secret word' },
  groups: [{ groupName: 'Finance', profile: 'finance', account: '' }],
  ...facts,
})
const processAt = (tenantId: string) => processOf(tenantId, providerKeepingPorts())
async function added(facts: Partial<ProviderInput> = {}) {
  const result = await addProvider(processAt(ahorn), 'oidc', input(facts))
  if (!result.ok) throw new Error(result.error)
  return result.value.providerId
}
const switched = (id: string, state: 'active' | 'off', tenantId = ahorn) => asOffice(tenantId, (ctx) => switchProvider(ctx, id, state))
const offered = async () => (await asOffice(ahorn, signOnChoices)).map(({ id }) => id)

test('a directory is a draft until its present settings were tried, then a button, and none again when it is off', async () => {
  const id = await added()
  expect(await offered()).not.toContain(id)
  expect(await switched(id, 'active')).toEqual({ ok: false, error: 'not-tested' })
  expect((await testProvider(processAt(ahorn), { id, host })).ok).toBe(true)
  await changeProvider(processAt(ahorn), id, input({ name: 'Renamed' }))
  expect(await switched(id, 'active'), 'changed since').toEqual({ ok: false, error: 'not-tested' })
  await testProvider(processAt(ahorn), { id, host })
  expect((await switched(id, 'active')).ok).toBe(true)
  expect(await offered()).toContain(id)
  expect((await switched(id, 'off')).ok).toBe(true)
  expect(await offered()).not.toContain(id)
})

test('a secret is sealed, shown nowhere, and stays when none is entered', async () => {
  const id = await added()
  const row = () => asOffice(ahorn, ({ db }) => db.identityProvider.findFirstOrThrow({ where: { id } }))
  const first = await row()
  expect(JSON.stringify(first)).not.toContain('very secret')
  expect(Buffer.from(first.secretCiphertext ?? []).toString('latin1')).not.toContain('very secret')
  expect(JSON.stringify(await asOffice(ahorn, (ctx) => readProvider(ctx, id)))).not.toContain('secret')
  await changeProvider(processAt(ahorn), id, input({ secrets: {} }))
  expect((await row()).secretCiphertext).toEqual(first.secretCiphertext)
  const trace = await asOffice(ahorn, ({ db }) => db.auditEntry.findMany({ where: { subjectId: id } }))
  expect(trace.map(({ action }) => action)).toEqual(['identity-provider.added', 'identity-provider.changed'])
  expect(JSON.stringify(trace)).not.toContain('very secret')
})

test('nobody connects a directory that gives more than they have, and none makes an owner', async () => {
  const few = { isOwner: false, permissions: ['settings:write'] }
  const refused = await addProvider(processAt(ahorn), 'oidc', input({ own: few }))
  expect(refused).toEqual({ ok: false, error: 'profile-not-found' })
  const names = async (audience: 'staff' | 'customers') =>
    (await asOffice(ahorn, (ctx) => givableProfiles(ctx, audience, owner))).map(({ name }) => name)
  expect(await names('staff')).not.toContain('owner')
  expect(await names('customers')).toEqual(['customer-billing', 'customer-manager', 'customer-member'])
  for (const profile of ['owner', 'customer-owner', 'customer-member'])
    expect(await addProvider(processAt(ahorn), 'oidc', input({ groups: [{ groupName: 'G', profile, account: '' }] })), profile).toEqual(
      refused,
    )
})

test('a group of customers gives a place in the account whose address was entered', async () => {
  const { accountId } = await register(ahorn, 'acme@customer.example')
  const groups = (account: string) => [{ groupName: 'Buyers', profile: 'customer-member', account }]
  const of = (account: string) => input({ audience: 'customers', withoutGroup: 'keep', groups: groups(account) })
  expect(await addProvider(processAt(ahorn), 'saml', of('nobody@customer.example'))).toEqual({ ok: false, error: 'account-not-found' })
  const kept = await addProvider(processAt(ahorn), 'saml', of('Acme@customer.example'))
  const id = kept.ok ? kept.value.providerId : ''
  const rules = await asOffice(ahorn, ({ db }) => db.identityProviderGroup.findMany({ where: { providerId: id } }))
  expect(rules.map((rule) => rule.accountId)).toEqual([accountId])
  expect((await asOffice(ahorn, (ctx) => readProvider(ctx, id)))?.groups[0]?.account).toBe('acme@customer.example')
  expect(await changeProvider(processAt(ahorn), id, input())).toEqual({ ok: false, error: 'other-audience' })
})

test('another seller reads, changes, tries and switches nothing of it', async () => {
  const id = await added()
  expect(await asOffice(lakeside, (ctx) => readProvider(ctx, id))).toBeUndefined()
  expect(await changeProvider(processAt(lakeside), id, input())).toEqual({ ok: false, error: 'provider-not-found' })
  expect(await testProvider(processAt(lakeside), { id, host })).toEqual({ ok: false, error: 'provider-not-found' })
  expect(await switched(id, 'off', lakeside)).toEqual({ ok: false, error: 'provider-not-found' })
  expect(await asOffice(lakeside, (ctx) => heldMemberships(ctx, { userId: id, providerId: id }))).toEqual([])
})
