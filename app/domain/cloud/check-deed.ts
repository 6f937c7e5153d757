import { err, ok, type Result } from '../shared/result.ts'
import { type CloudDeed, deedTerms } from './deeds.ts'
import { type DnsProblem, recordsProblem } from './dns-records.ts'
import { type FirewallProblem, firewallProblem } from './firewall.ts'
import { type NetworkProblem, networkProblem } from './guest-network.ts'
import { type BalancerProblem, balancerProblem } from './load-balancer.ts'
import { AddressSpec, BackupSpec, MembersSpec, NetworkSpec, VolumeSpec } from './resource-specs.ts'
import { type VpnProblem, vpnProblem } from './vpn.ts'

/** A resource as far as a deed looks at it. */
export type DeedSubject = {
  readonly id: string
  readonly kind: string
  readonly accountId: string
  readonly state: string
  readonly zone: string
  readonly pendingAction: string | null
  readonly isManaged: boolean
  readonly spec: unknown
}

export type DeedSurroundings = {
  /** What the deed is about; null for what it makes. */
  readonly subject: DeedSubject | null
  /** The server that the deed names; null when it names none, or none that is there. */
  readonly server: DeedSubject | null
  /** The backup that is to be restored. */
  readonly backup: DeedSubject | null
  /** Whether the image that is named may be used for what the deed is about. */
  readonly isImageThere: boolean
  /** Ranges of the account's other networks in the same place. */
  readonly ranges: readonly string[]
}

export type DeedProblem =
  | 'resource-not-found'
  | 'action-pending'
  | 'action-not-possible'
  | 'server-not-found'
  | 'other-location'
  | 'other-account'
  | 'volume-only-grows'
  | 'still-attached'
  | 'already-attached'
  | 'not-attached'
  | 'network-in-use'
  | 'image-not-there'
  | FirewallProblem
  | DnsProblem
  | NetworkProblem
  | BalancerProblem
  | VpnProblem

const serverStates = ['running', 'stopped']

/** Whether a deed makes sense now: what it is about is there and idle, fits where it is to go, and its figures hold. */
export function checkDeed(deed: CloudDeed, around: DeedSurroundings): Result<null, DeedProblem> {
  const problem = aboutProblem(deed, around) ?? serverProblem(deed, around) ?? ownProblem(deed, around)
  return problem ? err(problem) : ok(null)
}

function aboutProblem(deed: CloudDeed, { subject }: DeedSurroundings): DeedProblem | null {
  const { makes, ends, about } = deedTerms[deed.kind]
  if (makes) return null
  if (!subject || subject.state === 'deleted' || !(about as readonly string[]).includes(subject.kind)) return 'resource-not-found'
  if (subject.pendingAction) return 'action-pending'
  const isFit =
    subject.kind === 'server' ? serverStates.includes(subject.state) : subject.state === 'ready' || (ends && subject.state === 'failed')
  return isFit && subject.isManaged ? null : 'action-not-possible'
}

function serverProblem(deed: CloudDeed, { subject, server }: DeedSurroundings): DeedProblem | null {
  if (!('serverId' in deed)) return null
  if (server?.kind !== 'server' || server.state === 'deleted') return 'server-not-found'
  if (!server.isManaged || !serverStates.includes(server.state)) return 'action-not-possible'
  if (server.pendingAction) return 'action-pending'
  if (!subject) return null
  if (server.accountId !== subject.accountId) return 'other-account'
  return server.zone === subject.zone ? null : 'other-location'
}

/** What stands against the deed by its own figures and the present state of what it is about. */
function ownProblem(deed: CloudDeed, around: DeedSurroundings): DeedProblem | null {
  return figuresProblem(deed, around) ?? tieProblem(deed, around.subject)
}

function figuresProblem(deed: CloudDeed, { subject, backup, ranges, isImageThere }: DeedSurroundings): DeedProblem | null {
  switch (deed.kind) {
    case 'rebuild':
      return isImageThere ? null : 'image-not-there'
    case 'set-firewall':
      return firewallProblem(deed.rules)
    case 'set-dns-records':
      return recordsProblem(deed.records)
    case 'create-network':
      return networkProblem(deed.range, ranges)
    case 'create-load-balancer':
    case 'set-load-balancer':
      return balancerProblem(deed.rules)
    case 'open-vpn':
    case 'renew-vpn-key':
    case 'close-vpn':
    case 'add-vpn-user':
    case 'renew-vpn-password':
    case 'revoke-vpn-user':
      return vpnProblem(deed, NetworkSpec.parse(subject?.spec).vpn)
    case 'resize-volume':
      return deed.sizeGib > VolumeSpec.parse(subject?.spec).sizeGib ? null : 'volume-only-grows'
    case 'restore-backup':
      return backup?.state === 'ready' && BackupSpec.parse(backup.spec).serverId === subject?.id ? null : 'resource-not-found'
    default:
      return null
  }
}

/** What stands against the deed by what is tied to what. */
function tieProblem(deed: CloudDeed, subject: DeedSubject | null): DeedProblem | null {
  switch (deed.kind) {
    case 'attach-volume':
    case 'attach-address':
      return holderOf(subject) === null ? null : 'already-attached'
    case 'detach-volume':
    case 'detach-address':
      return holderOf(subject) === null ? 'not-attached' : null
    case 'delete-volume':
    case 'release-address':
      return holderOf(subject) === null ? null : 'still-attached'
    case 'join-network':
    case 'join-load-balancer':
      return membersOf(subject).includes(deed.serverId) ? 'already-attached' : null
    case 'leave-network':
    case 'leave-load-balancer':
      return membersOf(subject).includes(deed.serverId) ? null : 'not-attached'
    case 'delete-network':
      return membersOf(subject).length > 0 ? 'network-in-use' : null
    default:
      return null
  }
}

function holderOf(subject: DeedSubject | null): string | null {
  return AddressSpec.parse(subject?.spec).serverId
}

function membersOf(subject: DeedSubject | null): readonly string[] {
  return MembersSpec.parse(subject?.spec).serverIds
}
