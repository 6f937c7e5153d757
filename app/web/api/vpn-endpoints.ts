import { asking, costing, readable } from './asking.ts'
import { Asked, SecretOperation, Vpn } from './cloud-schemas.ts'
import { type Endpoint, nothing } from './endpoint.ts'

/** The cloud is given a secret, which this answer tells. */
const telling = { answer: SecretOperation, tellsSecret: true } as const

/** What programs do with the ways into networks from outside. */
export const vpnEndpoints = {
  networkVpn: {
    ...readable('network'),
    capability: 'vpn',
    path: '/networks/{network_id}/vpn',
    summary: 'The way into a network from outside, and its users',
    query: nothing,
    answer: Vpn,
  },
  networkVpnOpen: {
    ...asking('post', 'open-vpn', {
      path: '/networks/{network_id}/vpn',
      summary: 'Lets people into a network from outside; answers with the shared key',
      body: Asked.nothing,
    }),
    ...telling,
  },
  networkVpnClose: asking('delete', 'close-vpn', {
    path: '/networks/{network_id}/vpn',
    summary: 'Lets nobody in from outside any more; its users are gone',
    body: Asked.nothing,
  }),
  networkVpnKey: {
    ...asking('post', 'renew-vpn-key', {
      path: '/networks/{network_id}/vpn-key',
      summary: 'Gives a VPN another shared key, and answers with it',
      body: Asked.nothing,
    }),
    ...telling,
  },
  networkVpnUserAdd: {
    ...asking('post', 'add-vpn-user', {
      path: '/networks/{network_id}/vpn-users',
      summary: 'Lets somebody in, charged by time; answers with the password',
      body: Asked.vpnUser,
    }),
    ...telling,
    ...costing,
  },
  networkVpnPassword: {
    ...asking('post', 'renew-vpn-password', {
      path: '/networks/{network_id}/vpn-password',
      summary: 'Gives a user of a VPN another password, and answers with it',
      body: Asked.vpnUser,
    }),
    ...telling,
  },
  networkVpnRevoke: asking('post', 'revoke-vpn-user', {
    path: '/networks/{network_id}/vpn-revoke',
    summary: 'Lets a user of a VPN in no more',
    body: Asked.vpnUser,
  }),
} as const satisfies Record<string, Endpoint>
