import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { usualLimits } from '#app/adapters/tax/vies/guarded-post.ts'
import { viesRegistry } from '#app/adapters/tax/vies/vies-registry.ts'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { readAccountTax } from '#app/reports/tax/account.server.ts'
import { changeVatId } from '#app/services/tax/change-vat-id.server.ts'
import { confirmDueVatIds, confirmVatId } from '#app/services/tax/confirm-vat-id.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { asOffice, buildAccount, buildContract, buildPriceBook, buildTenant } from '#tests/support/builders.ts'
import { startViesEmulator, type ViesEmulator } from '#tests/support/vies-emulator.ts'

const ahorn = 'ATU13585627'
let vies: ViesEmulator

beforeAll(async () => {
  vies = await startViesEmulator()
})
beforeEach(() => {
  vies.feel('well')
  vies.register(ahorn, { name: 'Ahorn Hosting GmbH', address: '1070 Wien' })
})
afterEach(() => setClock())
afterAll(() => vies.close())

async function viennaCustomer() {
  const tenantId = await buildTenant()
  const accountId = await buildAccount(tenantId, { country: 'AT', vatId: ahorn })
  const { priceBookId } = await buildPriceBook(tenantId, [])
  await buildContract(tenantId, { accountId, priceBookId })
  const registry = viesRegistry(vies.url, { ...usualLimits, reachesPrivateNetworks: true })
  const process = processOf(tenantId, { registry })
  const at = (instant: string) => setClock(fixedClock(instant))
  const run = (instant: string) => {
    at(instant)
    return confirmDueVatIds(process, { limit: 10 })
  }
  const tax = async () => {
    const read = await asOffice(tenantId, (ctx) => readAccountTax(ctx, accountId))
    if (!read) throw new Error('no account')
    return read
  }
  return { tenantId, accountId, process, at, run, tax }
}

test('a new id is asked about at once, and the answer is kept with its consultation number', async () => {
  const { run, tax } = await viennaCustomer()
  expect(await run('2026-06-01T08:00:00Z')).toEqual({ valid: 1, invalid: 0, unavailable: 0 })
  const { vatIdStatus, checks, treatment } = await tax()
  expect(vatIdStatus).toBe('valid')
  expect(treatment).toEqual({ category: 'AE', rate: '0', reason: 'reverse-charge-eu' })
  expect(checks).toMatchObject([{ outcome: 'valid', registeredName: 'Ahorn Hosting GmbH', checkedAt: new Date('2026-06-01T08:00:00Z') }])
  expect(checks[0]?.consultationNumber).toMatch(/^WAPIAAAA/)
  expect(JSON.parse(checks[0]?.answer ?? '')).toMatchObject({ valid: true })
})

test('when the register does not answer the last known status stays, and it is asked again after 15, 30 and 60 minutes', async () => {
  const { run, tax } = await viennaCustomer()
  await run('2026-06-01T08:00:00Z')
  vies.feel('member-state-down')
  expect(await run('2026-08-30T08:00:00Z')).toEqual({ valid: 0, invalid: 0, unavailable: 1 })
  expect((await tax()).vatIdStatus).toBe('valid')
  expect((await tax()).checks[0]).toMatchObject({ outcome: 'unavailable', problem: 'unavailable', consultationNumber: null })
  expect(await run('2026-08-30T08:14:59Z')).toEqual({ valid: 0, invalid: 0, unavailable: 0 })
  expect((await run('2026-08-30T08:15:00Z')).unavailable).toBe(1)
  expect((await run('2026-08-30T08:44:59Z')).unavailable).toBe(0)
  expect((await run('2026-08-30T08:45:00Z')).unavailable).toBe(1)
  vies.feel('well')
  expect((await run('2026-08-30T09:45:00Z')).valid).toBe(1)
})

test('an id that was struck off is found out after 90 days, and its owner pays Austrian tax from then on', async () => {
  const { run, tax } = await viennaCustomer()
  await run('2026-06-01T08:00:00Z')
  vies.strike(ahorn)
  expect(await run('2026-08-30T07:59:59Z')).toEqual({ valid: 0, invalid: 0, unavailable: 0 })
  expect((await run('2026-08-30T08:00:00Z')).invalid).toBe(1)
  expect(await tax()).toMatchObject({ vatIdStatus: 'invalid', treatment: { category: 'S', rate: '20', reason: 'destination-eu' } })
})

test('an id the register calls malformed or answers wrongly about stays as it was', async () => {
  const { run, tax } = await viennaCustomer()
  vies.feel('about-another')
  expect((await run('2026-06-01T08:00:00Z')).unavailable).toBe(1)
  expect((await tax()).vatIdStatus).toBe('valid')
})

test('staff can ask at any time; without an id, or with one of another register, there is nothing to ask', async () => {
  const { tenantId, accountId, process, at } = await viennaCustomer()
  at('2026-06-01T08:00:00Z')
  expect(await confirmVatId(process, { accountId })).toEqual({ ok: true, value: 'valid' })
  expect(await confirmVatId(process, { accountId })).toEqual({ ok: true, value: 'valid' })
  const swiss = await buildAccount(tenantId, { country: 'CH', vatId: 'CHE107787577' })
  expect(await confirmVatId(process, { accountId: swiss })).toEqual({ ok: false, error: 'not-in-register' })
  expect(await confirmVatId(process, { accountId: await buildAccount(tenantId) })).toEqual({ ok: false, error: 'no-vat-id' })
})

test('a changed id is asked about anew, one of wrong form is refused, and none is none', async () => {
  const { tenantId, accountId, run, tax } = await viennaCustomer()
  await run('2026-06-01T08:00:00Z')
  const change = (vatId: string | null) => asOffice(tenantId, (ctx) => changeVatId(ctx, { accountId, vatId }))
  expect(await change('ATU13585628')).toEqual({ ok: false, error: 'vat-id-invalid' })
  expect(await change('ATU 12011204')).toMatchObject({ ok: true, value: { vatId: 'ATU12011204', status: 'valid' } })
  expect((await run('2026-06-01T08:01:00Z')).invalid).toBe(1)
  expect((await tax()).vatIdStatus).toBe('invalid')
  expect(await change(null)).toMatchObject({ ok: true, value: { vatId: null, status: 'none' } })
  expect((await tax()).treatment?.reason).toBe('destination-eu')
})
