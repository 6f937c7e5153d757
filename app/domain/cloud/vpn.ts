import { z } from 'zod'

/** How people come into a network from outside: L2TP over IPsec, as clouds offer it; it needs a key that all share, and a password for each. */
export const vpnProtocols = ['l2tp-ipsec'] as const

/** How many people one network lets in. */
export const mostVpnUsers = 100

/** What a user of a VPN is called: as strict as the strictest cloud, so that a name fits everywhere. */
export const VpnUserName = z
  .string('required')
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9@._-]{2,31}$/, 'malformed-vpn-user')

/** The way into a network: where it is, and who may come in. No password and no key is part of it. */
export const VpnSpec = z.object({
  address: z.string(),
  protocol: z.enum(vpnProtocols),
  users: z.array(z.object({ name: z.string(), addedAt: z.iso.datetime() })).default([]),
})
export type VpnSpec = z.infer<typeof VpnSpec>

export type VpnProblem = 'vpn-on' | 'vpn-off' | 'vpn-user-taken' | 'vpn-user-unknown' | 'too-many-vpn-users'

/** What a change asks of a VPN; `user` is whom it is about. */
export type VpnChange =
  | { readonly kind: 'open-vpn' }
  | { readonly kind: 'renew-vpn-key' }
  | { readonly kind: 'close-vpn' }
  | { readonly kind: 'add-vpn-user'; readonly user: string }
  | { readonly kind: 'renew-vpn-password'; readonly user: string }
  | { readonly kind: 'revoke-vpn-user'; readonly user: string }

/** What speaks against a change of the VPN of a network, which is null while it is off; null when nothing does. */
export function vpnProblem(change: VpnChange, vpn: VpnSpec | null): VpnProblem | null {
  if (change.kind === 'open-vpn') return vpn ? 'vpn-on' : null
  if (!vpn) return 'vpn-off'
  if (!('user' in change)) return null
  const isKnown = vpn.users.some(({ name }) => name === change.user)
  if (change.kind !== 'add-vpn-user') return isKnown ? null : 'vpn-user-unknown'
  if (isKnown) return 'vpn-user-taken'
  return vpn.users.length >= mostVpnUsers ? 'too-many-vpn-users' : null
}

/** What is known of a VPN once the cloud has done `change`, at `at`; `opened` is what the cloud told of one that it has just opened. */
export function vpnAfter(
  change: VpnChange,
  vpn: VpnSpec | null,
  { at, opened }: { readonly at: Date; readonly opened: Pick<VpnSpec, 'address' | 'protocol'> | undefined },
): VpnSpec | null {
  switch (change.kind) {
    case 'open-vpn':
      return opened ? { address: opened.address, protocol: opened.protocol, users: [] } : vpn
    case 'close-vpn':
      return null
    case 'add-vpn-user':
      return vpn && { ...vpn, users: [...vpn.users, { name: change.user, addedAt: at.toISOString() }] }
    case 'revoke-vpn-user':
      return vpn && { ...vpn, users: vpn.users.filter(({ name }) => name !== change.user) }
    case 'renew-vpn-key':
    case 'renew-vpn-password':
      return vpn
  }
}

/** So many random bytes make one secret. */
export const vpnSecretBytes = 24
/** 32 signs that nobody mistakes for one another; each stands for five bits. */
const signs = 'abcdefghijkmnpqrstuvwxyz23456789'

/**
 * A password or key made of random `bytes`, 120 bits in six groups of four: short enough for every cloud, and read out over the telephone
 * without a mistake.
 */
export function vpnSecretOf(bytes: Uint8Array): string {
  const text = [...bytes.subarray(0, vpnSecretBytes)].map((byte) => signs[byte % signs.length]).join('')
  return (text.match(/.{4}/g) ?? []).join('-')
}
