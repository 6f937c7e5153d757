import { describe, expect, test } from 'vitest'
import { readStoreHost } from './store-host.ts'

const read = (typed: string, base = 'stores.example') => readStoreHost(typed, base)

describe('a host that a store may have', () => {
  test.each([
    ['Shop.Ahorn-Hosting.AT', 'shop.ahorn-hosting.at', 'ahorn-hosting.at'],
    ['ahorn-hosting.co.uk', 'ahorn-hosting.co.uk', 'ahorn-hosting.co.uk'],
    ['bücher.at', 'xn--bcher-kva.at', 'xn--bcher-kva.at'],
    ['例え.テスト', 'xn--r8jz45g.xn--zckzah', 'xn--r8jz45g.xn--zckzah'],
    ['نخلة.السعودية', 'xn--ogbj0eg.xn--mgberp4a5d4ar', 'xn--ogbj0eg.xn--mgberp4a5d4ar'],
    ['shop.ahorn.github.io', 'shop.ahorn.github.io', 'ahorn.github.io'],
  ])('%s', (typed, host, registrable) => {
    expect(read(typed)).toMatchObject({ ok: true, value: { host, registrable } })
  })
})

describe('a host that is refused', () => {
  test.each([
    ['https://shop.ahorn.at', 'host-malformed'],
    ['shop.ahorn.at/path', 'host-malformed'],
    ['shop.ahorn.at:8443', 'host-malformed'],
    ['user@shop.ahorn.at', 'host-malformed'],
    ['*.ahorn.at', 'host-malformed'],
    ['shop..ahorn.at', 'host-malformed'],
    ['shop.ahorn.at.', 'host-malformed'],
    ['-shop.ahorn.at', 'host-malformed'],
    ['_store-verify.ahorn.at', 'host-malformed'],
    [`${'a'.repeat(64)}.at`, 'host-malformed'],
    [`${'abcdefgh.'.repeat(27)}at`, 'host-malformed'],
    ['shop\u0000.ahorn.at', 'host-malformed'],
    ['', 'host-malformed'],
    ['192.0.2.1', 'host-is-address'],
    ['192.0.2.1:443', 'host-is-address'],
    ['0x7f.1', 'host-is-address'],
    ['2130706433', 'host-is-address'],
    ['[2001:db8::1]', 'host-is-address'],
    ['localhost', 'host-is-local'],
    ['shop.localhost', 'host-is-local'],
    ['printer.local', 'host-is-local'],
    ['1.0.0.127.in-addr.arpa', 'host-is-local'],
    ['stores.example', 'host-is-ours'],
    ['meridian.stores.example', 'host-is-ours'],
    ['co.uk', 'host-is-suffix'],
    ['github.io', 'host-is-suffix'],
    ['at', 'host-is-suffix'],
    ['аhоrn.at', 'host-mixes-scripts'],
    ['shop.pαypal.com', 'host-mixes-scripts'],
    ['st0res.example', 'host-looks-alike'],
    ['störes.example', 'host-looks-alike'],
    ['shop.ѕтоrеѕ.example', 'host-mixes-scripts'],
  ])('%s', (typed, problem) => {
    expect(read(typed)).toEqual({ ok: false, error: problem })
  })

  test('a name above the base domain is the installation’s, too', () => {
    expect(read('example', 'stores.example')).toEqual({ ok: false, error: 'host-is-ours' })
    expect(read('firm.at', 'stores.firm.at')).toEqual({ ok: false, error: 'host-is-ours' })
  })
})
