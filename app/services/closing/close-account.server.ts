import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import {
  insertClosing,
  openClosingOf,
  readClosingSettings,
  saveClosingSettingsRow,
  updateClosing,
} from '#app/db/people/account-closings.server.ts'
import { familyOf, lockAccount } from '#app/db/people/account-holds.server.ts'
import { findAccount } from '#app/db/people/accounts.server.ts'
import { type ClosingSettings, graceEnd } from '#app/domain/closing/closing-plan.ts'
import { toPublicId } from '#app/domain/shared/ids.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { liftHold } from '../holds/lift-hold.server.ts'
import { placeHold } from '../holds/place-hold.server.ts'
import { endServices } from './end-services.server.ts'

export type CloseAccountInput = {
  readonly accountId: string
  /** The number of the account, typed by the person who closes it. */
  readonly typedNumber: string
  /** Why, in the person's words; may be empty. */
  readonly reason: string
}
export type CloseAccountError = 'account-not-found' | 'is-reseller' | 'already-closing' | 'number-wrong'

const holdKey = (closingId: string) => `closing:${closingId}`

/**
 * Begins the end of an account and of its departments: nothing can be ordered any more and everything that runs is ended now; the last
 * invoice follows by the ordinary run. People keep access until the grace is over, and the seller can open the account again until then.
 * Runs in the office's scope; the caller made sure that an owner asks.
 */
export async function closeAccount(
  ctx: TenantContext,
  input: CloseAccountInput,
): Promise<Result<{ closingId: string }, CloseAccountError>> {
  const { accountId, reason } = input
  const account = (await lockAccount(ctx, accountId)) ? await findAccount(ctx, accountId) : null
  if (!account || account.status === 'closed') return err('account-not-found')
  if (account.childTenantId) return err('is-reseller')
  if (await openClosingOf(ctx, accountId)) return err('already-closing')
  if (input.typedNumber.trim().toLowerCase() !== toPublicId('account', accountId)) return err('number-wrong')

  const graceEndsAt = graceEnd(ctx.now, await readClosingSettings(ctx))
  const closingId = await insertClosing(ctx, { accountId, reason, graceEndsAt })
  await placeHold(ctx, { accountId, source: 'closing', effect: 'block-orders', reason: 'closing', key: holdKey(closingId) })
  const family = await familyOf(ctx, accountId)
  await endServices(
    ctx,
    family.map(({ id }) => id),
  )
  await tell(ctx, closingId, 'asked')
  const detail = { graceEndsAt: graceEndsAt.toISOString(), reason }
  await audit(ctx, { action: 'account.closing-asked', subjectKind: 'account', subjectId: accountId, detail })
  return ok({ closingId })
}

/** Undoes a closing within its grace: the account can order again. What was ended stays ended. */
export async function reopenAccount(ctx: TenantContext, accountId: string): Promise<Result<void, 'not-closing'>> {
  await lockAccount(ctx, accountId)
  const closing = await openClosingOf(ctx, accountId)
  if (!closing) return err('not-closing')
  await updateClosing(ctx, closing.id, { state: 'reopened', reopenedAt: ctx.now })
  await liftHold(ctx, { accountId, key: holdKey(closing.id) })
  await tell(ctx, closing.id, 'reopened')
  await audit(ctx, { action: 'account.reopened', subjectKind: 'account', subjectId: accountId })
  return ok(undefined)
}

/** Chooses how long closings can be undone and how long names are kept; closings that go on keep their day. */
export async function saveClosingSettings(ctx: TenantContext, settings: ClosingSettings): Promise<Result<void, never>> {
  await saveClosingSettingsRow(ctx, settings)
  await audit(ctx, { action: 'closing-settings.saved', subjectKind: 'tenant', subjectId: ctx.tenantId, detail: { ...settings } })
  return ok(undefined)
}

export type ClosingNews = 'asked' | 'soon' | 'closed' | 'reopened'

/** Has the people of the account told by mail, once for each piece of news. */
export function tell(ctx: TenantContext, closingId: string, news: ClosingNews): Promise<void> {
  const data = { tenantId: ctx.tenantId, closingId, news }
  return enqueue(ctx, { name: 'account/closing.told', data, key: `account-closing:${closingId}:${news}` })
}
