import { expect, test } from 'vitest'
import { readInterfaceAddress } from './interface-address.ts'

test('an address is kept without a slash at its end', () => {
  expect(readInterfaceAddress(' https://cloud.example.com/ ')).toEqual({ ok: true, value: 'https://cloud.example.com' })
  expect(readInterfaceAddress('https://Cloud.Example.com:8443/client/')).toEqual({
    ok: true,
    value: 'https://cloud.example.com:8443/client',
  })
})

test('without encryption only a name of this machine is taken', () => {
  expect(readInterfaceAddress('http://store.localhost:4100')).toEqual({ ok: true, value: 'http://store.localhost:4100' })
  expect(readInterfaceAddress('http://cloud.example.com')).toEqual({ ok: false, error: 'address-not-secure' })
})

test('what could lead elsewhere or carry a secret is refused', () => {
  const refused = [
    '',
    'cloud.example.com',
    'javascript:alert(1)',
    'ftp://cloud.example.com',
    'https://user:word@cloud.example.com',
    'https://cloud.example.com/?next=https://evil.example',
    'https://cloud.example.com/#part',
    'https://192.0.2.7',
    'https://[2001:db8::1]',
    'https://intranet',
    `https://cloud.example.com/${'a'.repeat(300)}`,
  ]
  for (const text of refused) expect(readInterfaceAddress(text), text).toEqual({ ok: false, error: 'malformed-address' })
})
