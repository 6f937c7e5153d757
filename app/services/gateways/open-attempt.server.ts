import type { TenantContext } from '#app/db/context.server.ts'
import { againOnDuplicate } from '#app/db/orders/orders.server.ts'
import { findGatewayAccount, type GatewayAccountRow, listGatewayAccounts } from '#app/db/payments/gateway-accounts.server.ts'
import {
  type AttemptKind,
  attemptOfKey,
  insertAttempt,
  type OpenAttempt,
  openAttemptsOn,
  type PaymentAttempt,
  readAttempt,
} from '#app/db/payments/payment-attempts.server.ts'
import type { AttemptTarget } from '#app/domain/payment-attempt/attempt-target.ts'
import { nextDeadline } from '#app/domain/payment-attempt/deadline.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { type TargetProblem, type Targets, targetProblem } from './check-targets.server.ts'
import { type GatewayProcess, openGateway } from './gateway-ports.server.ts'
import { closeAttempt, type SettleAttemptError, settleAttempt } from './settle-attempt.server.ts'

export type AttemptWish = Targets & {
  readonly key: string | null
  readonly kind: AttemptKind
  readonly gatewayAccountId?: string
  readonly paymentMethodId: string | null
  readonly saves: boolean
  readonly returnPath: string | null
}
export type OpenAttemptError = TargetProblem | 'no-gateway' | 'payment-in-progress' | SettleAttemptError

/** An attempt whose row is committed. `isNew` is false when the same was asked for before, by a second click or tab. */
export type OpenedAttempt = { readonly attempt: PaymentAttempt; readonly account: GatewayAccountRow; readonly isNew: boolean }

const tries = 3

/**
 * Commits the attempt before its gateway is asked for anything. While something is being paid nothing else may pay it: the same wish finds
 * the open attempt; another one ends that attempt's page first, and is refused when it cannot be ended.
 */
export async function openAttempt(process: GatewayProcess, wish: AttemptWish): Promise<Result<OpenedAttempt, OpenAttemptError>> {
  const account = await chooseAccount(process, wish)
  if (!account) return err('no-gateway')
  for (let attempt = 1; attempt <= tries; attempt += 1) {
    const found = await againOnDuplicate(() => process.inTenant((ctx) => insertOrFind(ctx, wish, account)))
    if (!found.ok) return found
    if (!('inTheWay' in found.value)) return ok({ ...found.value, account })
    for (const other of found.value.inTheWay) {
      const ended = other.kind === 'off-session' ? await settleAttempt(process, other.id) : await closeAttempt(process, other.id)
      if (!ended.ok) return ended
    }
  }
  return err('payment-in-progress')
}

/** The account that was asked for, else the first in use that takes such an amount. */
async function chooseAccount(process: GatewayProcess, { gatewayAccountId, amount, kind }: AttemptWish): Promise<GatewayAccountRow | null> {
  const accounts = await process.inTenant(async (ctx) => {
    if (!gatewayAccountId) return listGatewayAccounts(ctx, { state: 'active' })
    const account = await findGatewayAccount(ctx, gatewayAccountId)
    return account?.state === 'active' ? [account] : []
  })
  return accounts.find((account) => kind === 'setup' || openGateway(process, account).toGatewayAmount(amount).ok) ?? null
}

type Found = { readonly attempt: PaymentAttempt; readonly isNew: boolean } | { readonly inTheWay: readonly OpenAttempt[] }

async function insertOrFind(ctx: TenantContext, wish: AttemptWish, account: GatewayAccountRow): Promise<Result<Found, TargetProblem>> {
  const known = wish.key === null ? undefined : await attemptOfKey(ctx, wish.key)
  if (known) return ok({ attempt: known, isNew: false })
  const open = await openAttemptsOn(ctx, wish.targets)
  const [same] = open
  if (same && open.length === 1 && isSame(same, { ...wish, gatewayAccountId: account.id })) return ok({ attempt: same, isNew: false })
  if (open.length > 0) return ok({ inTheWay: open })
  const problem = await targetProblem(ctx, wish)
  if (problem) return err(problem)
  const { kind, purpose, targets, amount, accountId, paymentMethodId, saves, returnPath, key } = wish
  const id = await insertAttempt(ctx, {
    accountId,
    gatewayAccountId: account.id,
    paymentMethodId,
    kind,
    purpose,
    targets,
    amount,
    saves,
    returnPath,
    key,
    deadlineAt: nextDeadline({ kind, state: 'created', createdAt: ctx.now }, ctx.now),
  })
  const attempt = await readAttempt(ctx, id)
  invariant(attempt, `attempt ${id} was not saved`)
  return ok({ attempt, isNew: true })
}

function isSame(open: OpenAttempt, wish: AttemptWish): boolean {
  const keyOf = (targets: readonly AttemptTarget[]) =>
    targets
      .map(({ id, amount }) => `${id} ${amount.minor}`)
      .sort()
      .join()
  return (
    open.kind === wish.kind &&
    open.gatewayAccountId === wish.gatewayAccountId &&
    open.saves === wish.saves &&
    open.amount.currency === wish.amount.currency &&
    keyOf(open.targets) === keyOf(wish.targets)
  )
}
