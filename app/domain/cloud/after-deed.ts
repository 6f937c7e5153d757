import type { CloudDeed } from './deeds.ts'
import { MembersSpec, NetworkSpec } from './resource-specs.ts'
import { type VpnSpec, vpnAfter } from './vpn.ts'

/** What a cloud told of the thing that a deed was about, when, and how a private image is called. */
export type ToldByCloud = {
  readonly at: Date
  readonly sizeGib?: number | undefined
  readonly imageName?: string | undefined
  readonly vpn?: Pick<VpnSpec, 'address' | 'protocol'> | undefined
}

/** What is known of a resource from its beginning on, before the cloud has made it. */
export function firstSpec(deed: CloudDeed): Record<string, unknown> {
  switch (deed.kind) {
    case 'create-volume':
      return { sizeGib: deed.sizeGib, serverId: null }
    case 'acquire-address':
      return { serverId: null, reverseName: null }
    case 'take-backup':
      return { serverId: deed.serverId, sizeGib: null, isScheduled: deed.isScheduled }
    case 'make-image':
      return { source: deed.serverId, sizeGib: null }
    case 'register-image':
      return { source: deed.url, sizeGib: null }
    case 'create-network':
      return { range: deed.range, serverIds: [] }
    case 'create-load-balancer':
      return { algorithm: deed.algorithm, rules: deed.rules, serverIds: [] }
    case 'create-dns-zone':
      return { records: [] }
    default:
      return {}
  }
}

/** What is known of a resource once the cloud has done `deed` to it: `spec` with what the deed changed. */
export function specAfter(deed: CloudDeed, spec: Record<string, unknown>, told: ToldByCloud): Record<string, unknown> {
  switch (deed.kind) {
    case 'rebuild':
      return { ...spec, image: told.imageName ?? deed.image }
    case 'set-firewall':
      return { ...spec, firewall: deed.rules }
    case 'set-reverse-name':
      return { ...spec, reverseName: deed.reverseName }
    case 'set-dns-records':
      return { ...spec, records: deed.records }
    case 'attach-volume':
    case 'attach-address':
      return { ...spec, serverId: deed.serverId }
    case 'detach-volume':
    case 'detach-address':
      return { ...spec, serverId: null }
    case 'resize-volume':
      return { ...spec, sizeGib: deed.sizeGib }
    case 'take-backup':
    case 'make-image':
    case 'register-image':
      return { ...spec, sizeGib: told.sizeGib ?? null }
    case 'set-load-balancer':
      return { ...spec, algorithm: deed.algorithm, rules: deed.rules }
    case 'join-network':
    case 'join-load-balancer':
      return { ...spec, serverIds: [...MembersSpec.parse(spec).serverIds, deed.serverId] }
    case 'leave-network':
    case 'leave-load-balancer':
      return { ...spec, serverIds: MembersSpec.parse(spec).serverIds.filter((id) => id !== deed.serverId) }
    case 'open-vpn':
    case 'renew-vpn-key':
    case 'close-vpn':
    case 'add-vpn-user':
    case 'renew-vpn-password':
    case 'revoke-vpn-user':
      return { ...spec, vpn: vpnAfter(deed, NetworkSpec.parse(spec).vpn, { at: told.at, opened: told.vpn }) }
    default:
      return spec
  }
}
