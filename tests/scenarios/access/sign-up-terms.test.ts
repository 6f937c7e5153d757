import { afterAll, beforeAll, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { inTenant, type TenantContext } from '#app/db/context.server.ts'
import { usualSignUpTerms } from '#app/domain/subscription/sign-up-terms.ts'
import { readSignUpTermsPage } from '#app/reports/accounts/sign-up-terms.server.ts'
import { limitOfSignUp, saveSignUpTerms } from '#app/services/accounts/save-sign-up-terms.server.ts'
import { register } from '#tests/integration/auth/store-people.ts'
import { growTenant } from '#tests/support/tree.ts'

let tenantId: string
beforeAll(async () => {
  // In Vienna it is the 30th already.
  setClock(fixedClock('2026-06-29T22:30:00Z'))
  tenantId = await growTenant('ahorn')
})
afterAll(() => setClock())

const office = <T>(work: (ctx: TenantContext) => Promise<T>) => inTenant(tenantId, work)

async function contractOf(email: string) {
  const { accountId } = await register(tenantId, email)
  return office(({ db }) => db.contract.findFirstOrThrow({ where: { accountId } }))
}

test('terms hold for sign-ups from then on; who is there keeps what was agreed', async () => {
  const before = await contractOf('first@kunde.example')
  const usual = {
    cycleUnit: 'month',
    cycleDay: null,
    paymentDays: 14,
    paymentMode: 'postpaid',
    creditLimitMinor: 5_000n,
    feesInAdvance: false,
  }
  expect(before).toMatchObject(usual)

  const terms = { ...usualSignUpTerms, anchor: 'anniversary', fees: 'with-order', paymentDays: 30, limits: { EUR: 120_000n } } as const
  await office((ctx) => saveSignUpTerms(ctx, terms))
  const agreed = {
    cycleUnit: 'month',
    cycleDay: 30,
    paymentDays: 30,
    feesInAdvance: true,
    invoicesOrders: true,
    creditLimitMinor: 120_000n,
  }
  expect(await contractOf('second@kunde.example')).toMatchObject(agreed)
  expect(await limitOfSignUp(tenantId, 'EUR')).toEqual({ minor: 120_000n, currency: 'EUR' })

  await office((ctx) => saveSignUpTerms(ctx, { ...terms, mode: 'prepaid' }))
  expect(await contractOf('third@kunde.example')).toMatchObject({ paymentMode: 'prepaid', creditLimitMinor: 0n })
  expect(await office(({ db }) => db.contract.findFirstOrThrow({ where: { id: before.id } }))).toMatchObject(usual)

  const { terms: shown, history } = await office(readSignUpTermsPage)
  expect(shown).toMatchObject({ mode: 'prepaid', limits: [{ minor: 120_000n, currency: 'EUR' }] })
  expect(history.map(({ after }) => [after.mode, after.limits[0]?.minor])).toEqual([
    ['prepaid', 120_000n],
    ['postpaid', 120_000n],
  ])
})
