import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { usualLimits } from '#app/adapters/tax/vies/guarded-post.ts'
import { viesRegistry } from '#app/adapters/tax/vies/vies-registry.ts'
import type { TaxRegistry } from '#app/ports/tax-registry.ts'
import { startViesEmulator, type ViesEmulator, type ViesMood } from '#tests/support/vies-emulator.ts'

const atHand = { ...usualLimits, reachesPrivateNetworks: true }
const ahorn = 'ATU13585627'
let vies: ViesEmulator
let registry: TaxRegistry

beforeAll(async () => {
  vies = await startViesEmulator()
  vies.register(ahorn, { name: 'Ahorn Hosting GmbH', address: 'Lindengasse 8\n1070 Wien' })
  registry = viesRegistry(vies.url, atHand)
})
beforeEach(() => vies.feel('well'))
afterAll(() => vies.close())

const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => 'answered',
    (error: { code: string }) => error.code,
  )

describe('a register of VAT ids', () => {
  test('says yes with name, address and a consultation number for the asker', async () => {
    const answer = await registry.check({ vatId: ahorn, requesterVatId: 'DE123456788' })
    expect(answer).toMatchObject({ isValid: true, registeredName: 'Ahorn Hosting GmbH', registeredAddress: 'Lindengasse 8\n1070 Wien' })
    expect(answer.consultationNumber).toMatch(/^WAPIAAAA/)
    expect(JSON.parse(answer.raw)).toMatchObject({ valid: true, vatNumber: 'U13585627' })
    expect(vies.asked.at(-1)).toEqual({
      countryCode: 'AT',
      vatNumber: 'U13585627',
      requesterMemberStateCode: 'DE',
      requesterNumber: '123456788',
    })
  })

  test('says no, and that is an answer; what it does not disclose is nothing', async () => {
    expect(await registry.check({ vatId: 'DE136695976', requesterVatId: null })).toMatchObject({
      isValid: false,
      consultationNumber: null,
      registeredName: null,
    })
  })

  test('an asker from outside the EU asks without a name', async () => {
    await registry.check({ vatId: ahorn, requesterVatId: 'CHE107787577' })
    expect(vies.asked.at(-1)).toEqual({ countryCode: 'AT', vatNumber: 'U13585627' })
  })

  test('Greece is EL, Northern Ireland XI; Swiss, Norwegian and British ids are not its business', async () => {
    expect(['EL', 'XI', 'GR', 'CH', 'NO', 'GB'].map((prefix) => registry.prefixes.includes(prefix))).toEqual([
      true,
      true,
      false,
      false,
      false,
      false,
    ])
    expect(await refusal(registry.check({ vatId: 'GB980780684', requesterVatId: null }))).toBe('refused-question')
  })

  test.each([
    ['member-state-down', 'unavailable'],
    ['busy', 'busy'],
    ['error-page', 'unavailable'],
    ['silent', 'timed-out'],
    ['nonsense', 'malformed'],
    ['endless', 'answer-too-large'],
    ['about-another', 'malformed'],
  ] satisfies [ViesMood, string][])('%s is no answer', async (mood, code) => {
    vies.feel(mood)
    const patient = viesRegistry(vies.url, { ...atHand, timeoutMs: mood === 'silent' ? 100 : 20_000 })
    expect(await refusal(patient.check({ vatId: ahorn, requesterVatId: null }))).toBe(code)
  })

  test('one that is not there at all is unavailable', async () => {
    const gone = await startViesEmulator()
    await gone.close()
    expect(await refusal(viesRegistry(gone.url, atHand).check({ vatId: ahorn, requesterVatId: null }))).toBe('unavailable')
  })

  test('an address of a private network is not asked, written as a number or as a name', async () => {
    const ask = (url: string) => refusal(viesRegistry(url).check({ vatId: ahorn, requesterVatId: null }))
    expect(await ask(vies.url)).toBe('refused-address')
    expect(await ask(vies.url.replace('127.0.0.1', 'localhost'))).toBe('refused-address')
    expect(await ask('ftp://vies.example/rest-api')).toBe('refused-address')
  })
})
