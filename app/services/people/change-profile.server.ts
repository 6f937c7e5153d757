import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { findProfile, type OwnProfile, saveProfile } from '#app/db/people/profiles.server.ts'
import { readPhone, readTimeZone } from '#app/domain/people/profile.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'

export type ChangeProfileInput = {
  readonly userId: string
  readonly name: string
  /** As typed; empty for none. */
  readonly phone: string
  readonly language: string
  /** Empty for the seller's own. */
  readonly timeZone: string
}
export type ChangeProfileError = 'user-not-found' | 'phone' | 'time-zone'

/** Writes what a person says of themselves. The trace names what changed and holds none of it, for it outlives the person; no change leaves none. */
export async function changeProfile(ctx: TenantContext, input: ChangeProfileInput): Promise<Result<null, ChangeProfileError>> {
  const { userId, name, language } = input
  const [phone, timeZone] = [readPhone(input.phone), readTimeZone(input.timeZone)]
  if (!phone.ok) return phone
  if (!timeZone.ok) return timeZone
  const before = await findProfile(ctx, userId)
  if (!before) return err('user-not-found')

  const after = { name, phone: phone.value, language, timeZone: timeZone.value }
  const changed = (Object.keys(after) as (keyof typeof after)[]).filter((key) => before[key] !== after[key])
  if (changed.length === 0) return ok(null)
  await saveProfile(ctx, userId, after)
  await audit(ctx, { action: 'user.profile-changed', subjectKind: 'user', subjectId: userId, detail: { changed } })
  return ok(null)
}

/** What a person says of themselves, to be read and changed by that person. */
export function ownProfile(ctx: TenantContext, userId: string): Promise<OwnProfile | null> {
  return findProfile(ctx, userId)
}
