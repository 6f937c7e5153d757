import type { OpenDeed } from '#app/db/cloud/cloud-deeds.server.ts'
import type { VpnChange } from '#app/domain/cloud/vpn.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import type { CloudDriver, CloudParts, NewThing, ThingAnswer } from '#app/ports/cloud-driver.ts'

export type CloudCall = OpenDeed & {
  readonly serverRef: string
  readonly backupRef: string
  readonly imageRef: string | null
  /** What the cloud is given and nobody else; null for a deed without one. */
  readonly secret: string | null
}

/** The one call to a cloud that a deed is. @throws InvariantError when the cloud does not offer it: whoever asks looks first. */
export function callCloud(parts: CloudDriver['parts'], call: CloudCall): ThingAnswer {
  const { id, deed, resource, serverRef, backupRef, imageRef } = call
  const ref = resource.externalId
  const thing: NewThing = { key: id, name: resource.name, zone: resource.zone, ownerAccountId: resource.accountId }
  switch (deed.kind) {
    case 'rebuild':
      return offered(parts.rebuild)(ref, imageRef ?? deed.image)
    case 'set-firewall':
      return offered(parts.firewall).set(ref, deed.rules)
    case 'set-reverse-name':
      return offered(parts['reverse-dns']).set(ref, deed.reverseName)
    case 'take-backup':
      return offered(parts.backups).take(thing, serverRef)
    case 'restore-backup':
      return offered(parts.backups).restore(backupRef, ref)
    case 'delete-backup':
      return offered(parts.backups).remove(ref)
    case 'create-volume':
      return offered(parts.volumes).create(thing, deed.sizeGib)
    case 'attach-volume':
      return offered(parts.volumes).attach(ref, serverRef)
    case 'detach-volume':
      return offered(parts.volumes).detach(ref)
    case 'resize-volume':
      return offered(parts.volumes).resize(ref, deed.sizeGib)
    case 'delete-volume':
      return offered(parts.volumes).remove(ref)
    case 'acquire-address':
      return offered(parts.addresses).acquire(thing)
    case 'attach-address':
      return offered(parts.addresses).attach(ref, serverRef)
    case 'detach-address':
      return offered(parts.addresses).detach(ref)
    case 'release-address':
      return offered(parts.addresses).release(ref)
    case 'make-image':
      return offered(parts.images).make(thing, serverRef)
    case 'register-image':
      return offered(parts.images).register(thing, deed.url)
    case 'delete-image':
      return offered(parts.images).remove(ref)
    case 'create-network':
      return offered(parts.networks).create(thing, deed.range)
    case 'join-network':
      return offered(parts.networks).join(ref, serverRef)
    case 'leave-network':
      return offered(parts.networks).leave(ref, serverRef)
    case 'delete-network':
      return offered(parts.networks).remove(ref)
    case 'create-load-balancer':
      return offered(parts['load-balancers']).create(thing, { algorithm: deed.algorithm, rules: deed.rules })
    case 'set-load-balancer':
      return offered(parts['load-balancers']).set(ref, { algorithm: deed.algorithm, rules: deed.rules })
    case 'join-load-balancer':
      return offered(parts['load-balancers']).join(ref, serverRef)
    case 'leave-load-balancer':
      return offered(parts['load-balancers']).leave(ref, serverRef)
    case 'delete-load-balancer':
      return offered(parts['load-balancers']).remove(ref)
    case 'create-dns-zone':
      return offered(parts.dns).create(thing)
    case 'set-dns-records':
      return offered(parts.dns).setRecords(ref, deed.records)
    case 'delete-dns-zone':
      return offered(parts.dns).remove(ref)
    default:
      return callVpn(offered(parts.vpn), deed, call)
  }
}

function offered<Part>(part: Part | undefined): Part {
  invariant(part, 'callCloud: the cloud does not offer this')
  return part
}

function callVpn(vpn: CloudParts['vpn'], change: VpnChange, { resource: { externalId: ref }, secret }: CloudCall): ThingAnswer {
  if (change.kind === 'close-vpn') return vpn.close(ref)
  if (change.kind === 'revoke-vpn-user') return vpn.removeUser(ref, change.user)
  invariant(secret !== null, 'callCloud: the deed has no secret')
  if (change.kind === 'open-vpn') return vpn.open(ref, secret)
  if (change.kind === 'renew-vpn-key') return vpn.setKey(ref, secret)
  const user = { name: change.user, password: secret }
  return change.kind === 'add-vpn-user' ? vpn.addUser(ref, user) : vpn.setPassword(ref, user)
}
