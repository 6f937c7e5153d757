import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import {
  type AutoTopUpCandidate,
  autoTopUpActor,
  autoTopUpCandidates,
  noteAutoTopUp,
  pauseAutoTopUpRow,
  saveAutoTopUpRow,
} from '#app/db/payments/auto-top-ups.server.ts'
import { lockWallet } from '#app/db/payments/wallets.server.ts'
import { type Actor, systemActor } from '#app/domain/shared/actor.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { type AutoTopUpProblem, type AutoTopUpRule, isTopUpDue, ruleProblem } from '#app/domain/wallet/auto-top-up.ts'
import { chargeSavedMethod } from '../gateways/charge-saved-method.server.ts'
import type { GatewayProcess } from '../gateways/gateway-ports.server.ts'

export type SaveAutoTopUpInput = AutoTopUpRule & { readonly accountId: string; readonly isOn: boolean }

/** Keeps what an account wants charged by itself. Saving it again ends a pause. */
export async function saveAutoTopUp(ctx: TenantContext, input: SaveAutoTopUpInput): Promise<Result<void, AutoTopUpProblem>> {
  const problem = ruleProblem(input)
  if (problem) return err(problem)
  const wallet = await lockWallet(ctx, input.accountId, input.amount.currency)
  await saveAutoTopUpRow(ctx, wallet, input)
  await audit(ctx, {
    action: 'auto-top-up.changed',
    subjectKind: 'wallet',
    subjectId: wallet.id,
    detail: {
      accountId: input.accountId,
      isOn: input.isOn,
      thresholdMinor: input.threshold.minor.toString(),
      amountMinor: input.amount.minor.toString(),
      monthlyCapMinor: input.monthlyCap.minor.toString(),
    },
  })
  return ok(undefined)
}

export const autoTopUpBy: Actor = systemActor(autoTopUpActor)

/**
 * Charges the default way to pay of every account whose balance is below its threshold, within its month. One is under way at a time: the
 * attempt before names the next, so that a repeat finds it. Without a way to pay the rule pauses. Returns how many were charged for.
 */
export async function runAutoTopUps(process: GatewayProcess): Promise<number> {
  const due = (await process.inTenant(autoTopUpCandidates)).filter((candidate) => isTopUpDue(candidate, candidate))
  let charged = 0
  for (const candidate of due) if (await charge(process, candidate)) charged += 1
  return charged
}

async function charge(process: GatewayProcess, { walletId, accountId, amount, attemptId }: AutoTopUpCandidate): Promise<boolean> {
  const outcome = await chargeSavedMethod(process, {
    accountId,
    purpose: 'top-up',
    targets: [{ kind: 'wallet', id: walletId, amount }],
    amount,
    actor: autoTopUpBy,
    key: `auto-top-up:${walletId}:${attemptId ?? 'first'}`,
  })
  if (!outcome.ok) {
    if (outcome.error === 'no-payment-method') await process.inTenant((ctx) => pauseAutoTopUp(ctx, { walletId }, outcome.error))
    return false
  }
  const { attemptId: started, state } = outcome.value
  await process.inTenant(async (ctx) => {
    await noteAutoTopUp(ctx, walletId, started)
    if (state === 'failed') await pauseAutoTopUp(ctx, { walletId }, 'declined')
    if (state === 'action-required') await pauseAutoTopUp(ctx, { walletId }, 'authentication-required')
  })
  return true
}

/** Stops charging for a balance by itself until the account saves its rule again. Safe to repeat. */
export async function pauseAutoTopUp(
  ctx: TenantContext,
  of: { readonly walletId: string } | { readonly attemptId: string },
  code: string,
): Promise<void> {
  const isPaused = await pauseAutoTopUpRow(ctx, of, code)
  const subjectId = 'walletId' in of ? of.walletId : of.attemptId
  if (isPaused) await audit(ctx, { action: 'auto-top-up.paused', subjectKind: 'wallet', subjectId, detail: { code } })
}
