import { err, ok, type Result } from '../shared/result.ts'

/** A profile in the house (no account) or in an account. */
export type GivenPlace = { readonly accountId: string | null; readonly securityProfileId: string }
/** What a group gives, by its name as the directory says it. Of several rows for one place the first that fits counts. */
export type GroupRule = GivenPlace & { readonly groupName: string }

/** What becomes of who is in no group that is known here: no way in, what one has here already, or one profile for all. */
export type WithoutGroup =
  | { readonly kind: 'refuse' }
  | { readonly kind: 'keep' }
  | { readonly kind: 'profile'; readonly place: GivenPlace }

export type GroupRights = { readonly groups: readonly string[]; readonly rules: readonly GroupRule[]; readonly withoutGroup: WithoutGroup }

/** What a person is given by the groups of a directory: one profile a place. Names are compared letter by letter. */
export function rightsByGroups({ groups, rules, withoutGroup }: GroupRights): Result<readonly GivenPlace[], 'no-group'> {
  const held = new Set(groups.map(normal))
  const places = new Map<string | null, GivenPlace>()
  for (const { groupName, accountId, securityProfileId } of rules) {
    if (!held.has(normal(groupName)) || places.has(accountId)) continue
    places.set(accountId, { accountId, securityProfileId })
  }
  if (places.size > 0) return ok([...places.values()])
  if (withoutGroup.kind === 'refuse') return err('no-group')
  return ok(withoutGroup.kind === 'profile' ? [withoutGroup.place] : [])
}

function normal(group: string): string {
  return group.normalize('NFC').trim()
}

export type HeldMembership = GivenPlace & {
  readonly membershipId: string
  /** Whether this very directory gave it. */
  readonly isGivenHere: boolean
}
export type MembershipChanges = {
  readonly added: readonly GivenPlace[]
  readonly changed: readonly { readonly membership: HeldMembership; readonly securityProfileId: string }[]
  readonly removed: readonly HeldMembership[]
}

/**
 * What has to change for a person to have what its directory gives. What somebody else gave stays as it is, also where the directory would
 * give another profile; what the directory gave and gives no longer goes.
 */
export function membershipChanges(held: readonly HeldMembership[], given: readonly GivenPlace[]): MembershipChanges {
  const own = held.filter(({ isGivenHere }) => isGivenHere)
  const wanted = new Map(given.map((place) => [place.accountId, place]))
  return {
    added: given.filter(({ accountId }) => !held.some((one) => one.accountId === accountId)),
    changed: own.flatMap((membership) => {
      const place = wanted.get(membership.accountId)
      if (!place || place.securityProfileId === membership.securityProfileId) return []
      return [{ membership, securityProfileId: place.securityProfileId }]
    }),
    removed: own.filter(({ accountId }) => !wanted.has(accountId)),
  }
}
