import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { type AgreementKind, endAgreement, insertAgreement } from '#app/db/dunning/dunning-agreements.server.ts'
import { lockAccount } from '#app/db/people/account-holds.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { addDays, type LocalDate } from '#app/domain/time/local-date.ts'
import { sellerToday } from './read-due.server.ts'

export type AgreeInput = {
  readonly accountId: string
  readonly kind: AgreementKind
  /** The last day on which nothing happens. */
  readonly untilOn: LocalDate
  readonly reason: string
}

const furthestDays = 365

/** Leaves an account alone until a day: staff pause it, or it promised to pay. What holds it back already stays. */
export async function agreeWithAccount(
  ctx: TenantContext,
  input: AgreeInput,
): Promise<Result<void, 'account-not-found' | 'date-not-ahead'>> {
  const { accountId, kind, untilOn, reason } = input
  const today = await sellerToday(ctx)
  if (untilOn < today || untilOn > addDays(today, furthestDays)) return err('date-not-ahead')
  if (!(await lockAccount(ctx, accountId))) return err('account-not-found')
  await insertAgreement(ctx, { accountId, kind, untilOn, reason })
  await audit(ctx, { action: `dunning.${kind}-agreed`, subjectKind: 'account', subjectId: accountId, detail: { untilOn, reason } })
  return ok(undefined)
}

/** Ends a pause or takes a promise back; steps go on with the next morning. Safe to repeat. */
export async function endAgreementWith(ctx: TenantContext, input: Pick<AgreeInput, 'accountId' | 'kind'>): Promise<void> {
  const { accountId, kind } = input
  if (await endAgreement(ctx, { ...input, state: 'ended' }))
    await audit(ctx, { action: `dunning.${kind}-withdrawn`, subjectKind: 'account', subjectId: accountId })
}
