import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import {
  applyBaseLimit,
  applyIncreases,
  type CreditLimitRow,
  decideLimitRow,
  insertLimit,
  limitById,
  lockPosition,
  openDepartmentPosition,
} from '#app/db/credit/credit-limits.server.ts'
import { readBillingSettings } from '#app/db/documents/billing-settings.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import { applyComingBases, markFollower, standingLevelRows, withdrawLimits } from '#app/db/sellers/level-limits.server.ts'
import { actorName } from '#app/domain/shared/actor.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'

export type SetCreditLimitInput = {
  readonly accountId: string
  /** In minor units of the contract's currency: the new limit, or what an increase adds. */
  readonly amountMinor: bigint
  readonly reason: string
  /** Of an increase: `[from, until)`; a base limit holds from now on. */
  readonly span: { readonly from: Date; readonly until: Date } | null
}
export type SetCreditLimitError = 'no-contract' | 'amount-not-positive' | 'span-over'

/**
 * Changes what an account may owe: its base limit from now on, or an increase for a time, by a new dated row with author and reason. Above the
 * seller's amount for approvals it waits for a second person. A department gets a limit of its own within its enterprise's, which waits for nobody.
 */
export async function setCreditLimit(
  ctx: TenantContext,
  input: SetCreditLimitInput,
): Promise<Result<{ isAgreed: boolean }, SetCreditLimitError>> {
  const { accountId, amountMinor, reason, span } = input
  const problem = whyNot(input, ctx.now)
  if (problem) return err(problem)
  const position = await positionFor(ctx, accountId)
  if (!position) return err('no-contract')

  const above = (await readBillingSettings(ctx)).approvalAbove[position.currency]
  // A department spends within its enterprise's limit, which is what the seller risks.
  const isAgreed = !position.isWhole || above === undefined || amountMinor <= above
  const dates = span ? { validFrom: span.from, validUntil: span.until } : { validFrom: ctx.now, validUntil: null }
  const limit = {
    positionId: position.id,
    accountId,
    amountMinor,
    reason,
    origin: 'own',
    kind: span ? 'increase' : 'base',
    ...dates,
  } as const
  const limitId = await insertLimit(ctx, { ...limit, state: isAgreed ? 'agreed' : 'waiting' })
  await audit(ctx, {
    action: isAgreed ? 'credit-limit.changed' : 'credit-limit.proposed',
    subjectKind: 'account',
    subjectId: accountId,
    detail: { limitId, kind: limit.kind, amountMinor: amountMinor.toString(), reason, until: dates.validUntil?.toISOString() ?? null },
  })
  if (isAgreed) await apply(ctx, limit)
  return ok({ isAgreed })
}

function whyNot({ amountMinor, span }: SetCreditLimitInput, now: Date): 'amount-not-positive' | 'span-over' | null {
  if (amountMinor < 0n || (span && amountMinor === 0n)) return 'amount-not-positive'
  return span && (span.until <= now || span.until <= span.from) ? 'span-over' : null
}

/** Where the account's limits are kept; a department gets its place with its first limit. */
async function positionFor(ctx: TenantContext, accountId: string) {
  const known = await lockPosition(ctx, accountId)
  if (known) return known
  await openDepartmentPosition(ctx, accountId)
  return lockPosition(ctx, accountId)
}

export type DecideCreditLimitInput = { readonly accountId: string; readonly limitId: string; readonly isApproved: boolean }
export type DecideCreditLimitError = 'limit-not-found' | 'second-person-needed'

/** A second person lets a limit hold, or refuses it. Safe to repeat: the first decision stands. */
export async function decideCreditLimit(ctx: TenantContext, input: DecideCreditLimitInput): Promise<Result<void, DecideCreditLimitError>> {
  const { accountId, limitId, isApproved } = input
  await lockPosition(ctx, accountId)
  const limit = await limitById(ctx, limitId)
  if (!limit || limit.accountId !== accountId || limit.state !== 'waiting') return err('limit-not-found')
  if (limit.createdBy === actorName(ctx.actor)) return err('second-person-needed')
  await decideLimitRow(ctx, limitId, isApproved ? 'agreed' : 'refused')
  await audit(ctx, {
    action: isApproved ? 'credit-limit.approved' : 'credit-limit.refused',
    subjectKind: 'account',
    subjectId: accountId,
    detail: { limitId, amountMinor: limit.amountMinor.toString() },
  })
  if (isApproved) await apply(ctx, limit)
  return ok(undefined)
}

type AppliedLimit = Pick<CreditLimitRow, 'accountId' | 'kind' | 'origin' | 'amountMinor' | 'validFrom'>

async function apply(ctx: TenantContext, limit: AppliedLimit): Promise<void> {
  const { accountId, kind, origin, amountMinor } = limit
  const position = await lockPosition(ctx, accountId)
  if (!position) return
  if (kind === 'increase') await applyIncreases(ctx, position.id)
  else if (origin === 'level' && limit.validFrom > ctx.now) await applyComingBases(ctx, position.id)
  else await applyBaseLimit(ctx, position, amountMinor)
  if (kind === 'base' && origin === 'own') await leaveLevel(ctx, position.id, accountId)
  await enqueue(ctx, { name: 'credit/changed', data: { tenantId: ctx.tenantId, accountId } })
}

/** A limit of its own takes the place of what the level would bring, now and later. */
async function leaveLevel(ctx: TenantContext, positionId: string, accountId: string): Promise<void> {
  await markFollower(ctx, accountId, false)
  const rows = await standingLevelRows(ctx, positionId)
  await withdrawLimits(
    ctx,
    rows.filter(({ state, validFrom }) => state === 'waiting' || validFrom > ctx.now).map(({ id }) => id),
  )
  await applyComingBases(ctx, positionId)
}
