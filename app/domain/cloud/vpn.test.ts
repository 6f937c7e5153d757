import { expect, test } from 'vitest'
import { mostVpnUsers, type VpnSpec, VpnUserName, vpnAfter, vpnProblem, vpnSecretOf } from './vpn.ts'

const at = new Date('2026-06-10T09:00:00Z')
const opened = { address: '203.0.113.7', protocol: 'l2tp-ipsec' } as const
const open: VpnSpec = { ...opened, users: [{ name: 'anna', addedAt: at.toISOString() }] }
const of = (count: number) => Array.from({ length: count }, (_, index) => ({ name: `user-${index}`, addedAt: at.toISOString() }))

test.each([
  ['a', null],
  ['-anna', null],
  ['anna steiner', null],
  ['änna', null],
  ['a'.repeat(33), null],
  [' Anna ', 'anna'],
  ['anna.s@steiner.example', 'anna.s@steiner.example'],
])('a user called %j is kept as %j', (typed, kept) => {
  const parsed = VpnUserName.safeParse(typed)
  expect(parsed.success ? parsed.data : null).toBe(kept)
  if (!parsed.success) expect(parsed.error.issues[0]?.message).toBe('malformed-vpn-user')
})

test('it is opened once, and nothing is done to one that is off', () => {
  expect(vpnProblem({ kind: 'open-vpn' }, null)).toBeNull()
  expect(vpnProblem({ kind: 'open-vpn' }, open)).toBe('vpn-on')
  for (const kind of ['close-vpn', 'renew-vpn-key'] as const) {
    expect([vpnProblem({ kind }, null), vpnProblem({ kind }, open)]).toEqual(['vpn-off', null])
  }
  expect(vpnProblem({ kind: 'add-vpn-user', user: 'anna' }, null)).toBe('vpn-off')
})

test('a name stands for one user, who has to be there to be changed, and there are not too many', () => {
  expect(vpnProblem({ kind: 'add-vpn-user', user: 'anna' }, open)).toBe('vpn-user-taken')
  expect(vpnProblem({ kind: 'add-vpn-user', user: 'ben' }, open)).toBeNull()
  expect(vpnProblem({ kind: 'add-vpn-user', user: 'ben' }, { ...opened, users: of(mostVpnUsers) })).toBe('too-many-vpn-users')
  for (const kind of ['renew-vpn-password', 'revoke-vpn-user'] as const) {
    expect(vpnProblem({ kind, user: 'anna' }, open)).toBeNull()
    expect(vpnProblem({ kind, user: 'ben' }, open)).toBe('vpn-user-unknown')
  }
})

test('users come and go, and go all together with the way in', () => {
  const told = { at, opened: undefined }
  expect(vpnAfter({ kind: 'open-vpn' }, null, { at, opened })).toEqual({ ...opened, users: [] })
  const two = vpnAfter({ kind: 'add-vpn-user', user: 'ben' }, open, told)
  expect(two?.users).toEqual([
    { name: 'anna', addedAt: at.toISOString() },
    { name: 'ben', addedAt: at.toISOString() },
  ])
  expect(vpnAfter({ kind: 'revoke-vpn-user', user: 'anna' }, two, told)?.users.map(({ name }) => name)).toEqual(['ben'])
  for (const kind of ['renew-vpn-password', 'add-vpn-user'] as const) expect(vpnAfter({ kind, user: 'ben' }, null, told)).toBeNull()
  expect(vpnAfter({ kind: 'renew-vpn-key' }, open, told)).toEqual(open)
  expect(vpnAfter({ kind: 'close-vpn' }, open, told)).toBeNull()
})

test('a secret has six groups of four signs that are not mistaken, and is another one for other bytes', () => {
  const all = vpnSecretOf(Uint8Array.from({ length: 24 }, (_, index) => index + 8))
  expect(all).toBe('ijkm-npqr-stuv-wxyz-2345-6789')
  expect(vpnSecretOf(new Uint8Array(24))).toBe('aaaa-aaaa-aaaa-aaaa-aaaa-aaaa')
  expect(vpnSecretOf(Uint8Array.from({ length: 24 }, () => 255))).toMatch(/^[a-km-z2-9]{4}(-[a-km-z2-9]{4}){5}$/)
})
