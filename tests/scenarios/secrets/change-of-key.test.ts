import { afterEach, beforeAll, expect, test } from 'vitest'
import { provideEnvironment } from '#app/config/env.server.ts'
import { newId } from '#app/db/ids.server.ts'
import { insertGatewayAccount } from '#app/db/payments/gateway-accounts.server.ts'
import { keepPaymentMethod, methodsNamed } from '#app/db/payments/payment-methods.server.ts'
import { findAccount } from '#app/db/people/accounts.server.ts'
import { systemActor } from '#app/domain/shared/actor.ts'
import { changeAccountData } from '#app/services/accounts/change-account-data.server.ts'
import { keyStanding } from '#app/services/secrets/key-standing.server.ts'
import { resealFields } from '#app/services/secrets/reseal-fields.server.ts'
import { rotateSecrets } from '#app/services/secrets/rotate-secrets.server.ts'
import { sealGatewaySecrets, secretRotation } from '#app/wiring.server.ts'
import { asOffice, buildAccount, buildTenant } from '#tests/support/builders.ts'
import { asAdmin } from '#tests/support/dump.ts'

const [former, coming] = ['the former secret of the data, long enough', 'the coming secret of the data, long enough']
const withKeys = (present: string, previous = '') => provideEnvironment({ DATA_SECRET: present, DATA_SECRET_PREVIOUS: previous })
const actor = systemActor('test')

let tenantId: string
let accountIds: string[]
beforeAll(async () => {
  tenantId = await buildTenant()
  accountIds = []
  for (let number = 0; number < 40; number += 1) accountIds.push(await buildAccount(tenantId, { name: `Buyer ${number}` }))
})
afterEach(() => withKeys(''))

const office = <T>(work: Parameters<typeof asOffice<T>>[1]) => asOffice(tenantId, work)
const move = (accountId: string, street: string) =>
  office((ctx) =>
    changeAccountData(ctx, {
      accountId,
      name: 'Moved',
      email: `${accountId}@buyer.example`,
      language: 'de',
      country: 'DE',
      vatId: null,
      addressLines: [street],
    }),
  )
const addressOf = async (accountId: string) => (await office((ctx) => findAccount(ctx, accountId)))?.addressLines
const staleNow = async () => (await keyStanding(tenantId, secretRotation.keyId())).fields.filter(({ stale }) => stale > 0)

test('rows from before are read as they are and sealed by the job, which does nothing when it comes again', async () => {
  withKeys(former)
  expect(await staleNow()).toEqual([{ field: 'accounts.address_lines', rows: 40, stale: 40 }])
  expect(await addressOf(accountIds[0] ?? '')).toEqual(['Hafenstraße 2', '20457 Hamburg'])
  expect(await resealFields(tenantId, actor)).toBe(40)
  expect(await resealFields(tenantId, actor)).toBe(0)
  expect(await staleNow()).toEqual([])
  expect(await addressOf(accountIds[0] ?? '')).toEqual(['Hafenstraße 2', '20457 Hamburg'])
})

test('the key is replaced while buyers move and methods are kept: nothing is lost, and the key before can go', async () => {
  withKeys(former)
  const gatewayAccountId = newId()
  const secret = sealGatewaySecrets({ webhookSecret: 'whsec_1' }, gatewayAccountId)
  const facts = { id: gatewayAccountId, gateway: 'sandbox', name: 'Test', mode: 'test', externalId: 'sbx', settings: {} } as const
  await office((ctx) => insertGatewayAccount(ctx, { ...facts, secret }))
  const keep = (accountId: string, ref: string) =>
    office((ctx) =>
      keepPaymentMethod(ctx, {
        accountId,
        gatewayAccountId,
        method: { kind: 'card', ref, customerRef: `cus_${ref}`, label: 'Visa', lastDigits: '4242', expiresOn: null },
      }),
    )
  const [first = '', second = ''] = accountIds
  const methodId = await keep(first, 'pm_1')

  withKeys(coming, former)
  expect((await office((ctx) => methodsNamed(ctx, { gatewayAccountId, methodRef: 'pm_1' }))).map(({ id }) => id)).toEqual([methodId])
  const writers = accountIds.slice(0, 20).map(async (accountId, number) => {
    for (const round of [1, 2, 3]) expect((await move(accountId, `Street ${number}-${round}`)).ok).toBe(true)
  })
  const [, , again] = await Promise.all([Promise.all(writers), resealFields(tenantId, actor), keep(first, 'pm_1'), keep(second, 'pm_2')])
  expect(again, 'a method that is told again during the change is the same').toBe(methodId)
  await office((ctx) => rotateSecrets(ctx, secretRotation))
  await resealFields(tenantId, actor)

  withKeys(coming)
  expect(await keyStanding(tenantId, secretRotation.keyId())).toMatchObject({ secrets: 0 })
  expect(await staleNow()).toEqual([])
  for (const [number, accountId] of accountIds.entries())
    expect(await addressOf(accountId)).toEqual(number < 20 ? [`Street ${number}-3`] : ['Hafenstraße 2', '20457 Hamburg'])
  const known = await office((ctx) => methodsNamed(ctx, { gatewayAccountId, methodRef: 'pm_1' }))
  expect(known).toMatchObject([{ id: methodId, customerRef: 'cus_pm_1', methodRef: 'pm_1' }])
  expect(await keep(first, 'pm_1')).toBe(methodId)
})

test('without the key that sealed it a value does not open, and is not taken for plain text', async () => {
  withKeys(former)
  const accountId = await buildAccount(tenantId)
  await move(accountId, 'Street 1')
  const { rows } = await asAdmin((client) => client.query('select address_lines from accounts where id = $1', [accountId]))
  expect(JSON.stringify(rows)).not.toContain('Street')
  withKeys(coming)
  await expect(addressOf(accountId)).rejects.toThrow('DATA_SECRET_PREVIOUS')
})
