import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { applyBaseLimit, insertLimit, lockPosition } from '#app/db/credit/credit-limits.server.ts'
import { readBillingSettings } from '#app/db/documents/billing-settings.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import {
  applyComingBases,
  type LevelFollower,
  levelFollowers,
  markFollower,
  readLevelLimits,
  saveLevelLimit,
  standingLevelRows,
  withdrawLimits,
} from '#app/db/sellers/level-limits.server.ts'
import { readPartnerLevels } from '#app/db/sellers/partner-levels.server.ts'
import type { Money } from '#app/domain/money/money.ts'
import { type DatedLimit, levelLimits } from '#app/domain/partner-level/level-limits.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'

/**
 * Lets resellers without a limit of their own owe what their levels say, now and from the days on which a level or its limit changes; only those
 * of `accountIds` when given. Above the seller's amount for approvals a limit waits for a second person at each contract. Safe to repeat.
 */
export async function followLevels(ctx: TenantContext, accountIds: readonly string[] | null = null): Promise<void> {
  const followers = await levelFollowers(ctx, accountIds)
  if (followers.length === 0) return
  const limits = await readLevelLimits(ctx)
  const { approvalAbove } = await readBillingSettings(ctx)
  for (const follower of followers) {
    const { currency } = follower.base
    const plan = levelLimits({ spells: follower.spells, limits, currency, at: ctx.now })
    await follow(ctx, follower, { plan, above: approvalAbove[currency] })
  }
}

type Planned = { readonly plan: readonly [DatedLimit, ...DatedLimit[]]; readonly above: bigint | undefined }

async function follow(ctx: TenantContext, follower: LevelFollower, { plan, above }: Planned): Promise<void> {
  const [present, ...coming] = plan
  const standing = await standingLevelRows(ctx, follower.id)
  const ahead = standing.filter(({ state, validFrom }) => state === 'waiting' || validFrom > ctx.now)
  const isWanted = ({ amountMinor, validFrom }: (typeof standing)[number]) =>
    validFrom > ctx.now
      ? coming.some(({ from, limit }) => from.getTime() === validFrom.getTime() && limit.minor === amountMinor)
      : amountMinor === present.limit.minor
  const unwanted = ahead.filter((row) => !isWanted(row)).map(({ id }) => id)
  const isHeld = follower.base.minor === present.limit.minor
  // What was asked for and refused, or waits, is not asked for again.
  const last = standing.find(({ id, validFrom }) => validFrom <= ctx.now && !unwanted.includes(id))
  const isAsked = last !== undefined && last.state !== 'agreed' && last.amountMinor === present.limit.minor
  const added = [
    ...(isHeld || isAsked ? [] : [present]),
    ...coming.filter(({ from }) => !ahead.some((row) => isWanted(row) && row.validFrom.getTime() === from.getTime())),
  ]
  const isCurrent = isHeld && follower.storedMinor === follower.base.minor
  if (added.length === 0 && unwanted.length === 0 && isCurrent) return

  await lockPosition(ctx, follower.accountId)
  await withdrawLimits(ctx, unwanted)
  for (const dated of added) await addLimit(ctx, follower, { ...dated, isAgreed: above === undefined || dated.limit.minor <= above })
  const isAgreed = isHeld || (!isAsked && (above === undefined || present.limit.minor <= above))
  if (isAgreed) await applyBaseLimit(ctx, follower, present.limit.minor)
  await applyComingBases(ctx, follower.id)
  await enqueue(ctx, { name: 'credit/changed', data: { tenantId: ctx.tenantId, accountId: follower.accountId } })
}

async function addLimit(ctx: TenantContext, follower: LevelFollower, added: DatedLimit & { readonly isAgreed: boolean }): Promise<void> {
  const { from: validFrom, limit, isAgreed } = added
  const amount = { amountMinor: limit.minor, validFrom, validUntil: null, reason: 'partner-level' }
  const position = { positionId: follower.id, accountId: follower.accountId }
  const limitId = await insertLimit(ctx, { ...position, ...amount, kind: 'base', origin: 'level', state: isAgreed ? 'agreed' : 'waiting' })
  await audit(ctx, {
    action: isAgreed ? 'credit-limit.changed' : 'credit-limit.proposed',
    subjectKind: 'account',
    subjectId: follower.accountId,
    detail: { limitId, kind: 'base', origin: 'level', amountMinor: limit.minor.toString(), from: validFrom.toISOString() },
  })
}

/** Lets a contract take the limit of its level in place of its own one. Safe to repeat. */
export async function takeLevelLimit(ctx: TenantContext, accountId: string): Promise<Result<void, 'no-contract'>> {
  if (!(await markFollower(ctx, accountId, true))) return err('no-contract')
  await audit(ctx, { action: 'credit-limit.follows-level', subjectKind: 'account', subjectId: accountId })
  await followLevels(ctx, [accountId])
  return ok(undefined)
}

export type SetLevelLimitInput = { readonly levelId: string; readonly limit: Money; readonly validFrom: Date }

/** Gives a level another limit in a currency from a date on, now at the earliest; contracts without a limit of their own follow it. */
export async function setLevelLimit(
  ctx: TenantContext,
  { levelId, limit, validFrom }: SetLevelLimitInput,
): Promise<Result<null, 'level-not-found' | 'starts-in-the-past'>> {
  if (validFrom < ctx.now) return err('starts-in-the-past')
  if (!(await readPartnerLevels(ctx)).some(({ id }) => id === levelId)) return err('level-not-found')
  await saveLevelLimit(ctx, { levelId, limit, validFrom })
  const detail = { minor: limit.minor.toString(), currency: limit.currency, validFrom: validFrom.toISOString() }
  await audit(ctx, { action: 'partner-level.limit-changed', subjectKind: 'partner-level', subjectId: levelId, detail })
  await followLevels(ctx)
  return ok(null)
}
