/**
 * Where a name of a seller stands: added (nobody looked yet), verifying (its proof is not there yet), verified (it is the seller's, and
 * leads elsewhere), active (it leads here), failing (what was there has been gone for days), released (given back, kept from others).
 */
export type HostState = 'added' | 'verifying' | 'verified' | 'active' | 'failing' | 'released'

export type Standing = { readonly state: HostState; readonly verifiedAt: Date | null; readonly missingSince: Date | null }

/** What a look at the name servers found: the proof that the name is the seller's, and whether it leads here. */
export type Finding = { readonly hasProof: boolean; readonly isPointing: boolean }

const dayMs = 86_400_000
/** So long may records be gone before the name counts as failing: name servers move, and people mistype. */
const failingAfterMs = 3 * dayMs
/** So long is a name that was given back kept from everybody else. */
const quarantineMs = 30 * dayMs
/** So long may a name be claimed without a proof. */
const unprovenMs = 14 * dayMs

/** Where a name stands after a look at `now`. One that was proven once fails only after three days; it is back with one good look. */
export function judge(standing: Standing, { hasProof, isPointing }: Finding, now: Date): Standing {
  if (hasProof && isPointing) return { state: 'active', verifiedAt: standing.verifiedAt ?? now, missingSince: null }
  if (!standing.verifiedAt && !hasProof) return { state: 'verifying', verifiedAt: null, missingSince: null }
  const wasPointing = standing.state === 'active' || standing.state === 'failing'
  if (hasProof && !wasPointing) return { state: 'verified', verifiedAt: standing.verifiedAt ?? now, missingSince: null }
  const missingSince = standing.missingSince ?? now
  const isFailing = standing.state === 'failing' || now.getTime() - missingSince.getTime() >= failingAfterMs
  return { ...standing, state: isFailing ? 'failing' : standing.state, missingSince }
}

/** When a name that was given back at `releasedAt` is anybody's again. */
export function endOfQuarantine(releasedAt: Date): Date {
  return new Date(releasedAt.getTime() + quarantineMs)
}

/** Until when a name that was added at `createdAt` has to be proven. */
export function endOfClaim(createdAt: Date): Date {
  return new Date(createdAt.getTime() + unprovenMs)
}
