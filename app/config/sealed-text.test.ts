import { afterEach, expect, test } from 'vitest'
import { environment, provideEnvironment } from './env.server.ts'
import { blindIndexes, isSealed, openText, sealText } from './sealed-text.server.ts'

const given = environment().APP_SECRET ?? ''
const [one, two] = ['the first of two secrets, long enough for all', 'the second of two secrets, long enough too']
const withKeys = (present: string, previous = '') =>
  provideEnvironment({
    DATA_SECRET: present,
    DATA_SECRET_PREVIOUS: previous,
    APP_SECRET: given || 'the secret of the installation, another one',
  })
afterEach(() => provideEnvironment({ DATA_SECRET: '', DATA_SECRET_PREVIOUS: '', APP_SECRET: given }))

test('a text opens at its own place and nowhere else, and says nothing by itself', () => {
  withKeys(one)
  const sealed = sealText('Gasse 1 · 街道', 'tenant/accounts.address_lines/1')
  expect(sealed).toMatch(/^enc:v1:[0-9a-f]{12}:[\w-]{16}:[\w-]+$/)
  expect(openText(sealed, 'tenant/accounts.address_lines/1')).toBe('Gasse 1 · 街道')
  for (const place of ['tenant/accounts.address_lines/2', 'other/accounts.address_lines/1', 'tenant/users.phone/1'])
    expect(() => openText(sealed, place)).toThrow()
  expect(() => openText(`${sealed.slice(0, -2)}AA`, 'tenant/accounts.address_lines/1')).toThrow()
  expect(sealText('Gasse 1 · 街道', 'tenant/accounts.address_lines/1')).not.toBe(sealed)
})

test('what was stored before there was sealing is read as it is', () => {
  expect(openText('Gasse 1', 'anywhere')).toBe('Gasse 1')
  expect(isSealed('Gasse 1')).toBe(false)
})

test('while keys are replaced either opens; a key that was taken away is named', () => {
  withKeys(one)
  const sealed = sealText('plain', 'place')
  const [index] = blindIndexes('plain', 'column')
  withKeys(two, one)
  expect(openText(sealed, 'place')).toBe('plain')
  expect(blindIndexes('plain', 'column')).toContain(index)
  withKeys(two)
  expect(() => openText(sealed, 'place')).toThrow('DATA_SECRET_PREVIOUS')
  expect(blindIndexes('plain', 'column')).not.toContain(index)
})

test('sealing and opening an address is cheap enough for a billing run', () => {
  withKeys(one)
  const address = JSON.stringify(['Mainzer Landstraße 1', '60329 Frankfurt am Main'])
  const begun = performance.now()
  for (let number = 0; number < 1_000; number += 1)
    openText(sealText(address, `tenant/accounts.address_lines/${number}`), `tenant/accounts.address_lines/${number}`)
  expect(performance.now() - begun).toBeLessThan(1_000)
})

test('equal values have the same index in one column, another one elsewhere', () => {
  withKeys(one)
  expect(blindIndexes('pm_1', 'column')).toEqual(blindIndexes('pm_1', 'column'))
  expect(blindIndexes('pm_1', 'column')[0]).not.toBe(blindIndexes('pm_1', 'other')[0])
  expect(blindIndexes('pm_1', 'column')[0]).not.toContain('pm_1')
})
