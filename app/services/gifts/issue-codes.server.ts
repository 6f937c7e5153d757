import { createHash, randomBytes } from 'node:crypto'
import { audit } from '#app/db/audit.server.ts'
import { insertBatch, insertGiftCodes, lockBatch, moveBatch } from '#app/db/catalog/gift-codes.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { newId } from '#app/db/ids.server.ts'
import { readApprovalLimit } from '#app/db/payments/wallets.server.ts'
import { batchProblem, type GiftBatch, type GiftBatchProblem, worthOf } from '#app/domain/gift/gift-batch.ts'
import { money } from '#app/domain/money/money.ts'
import { codeBytes, codeFrom } from '#app/domain/promo/promo-code.ts'
import { actorName } from '#app/domain/shared/actor.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { localDateOf } from '#app/domain/time/local-date.ts'
import { needsApproval } from '#app/domain/wallet/credit-grant.ts'
import { sellerOf } from '../billing/draft-contracts.server.ts'

export type IssueCodesInput = Pick<GiftBatch, 'name' | 'amount' | 'codes' | 'redeemUntil' | 'lastsDays'> & {
  /** One form is one batch, however often it is sent. */
  readonly formKey: string
}

/** The codes as they are handed out, this once; from now on only their digests are known. */
export type IssuedCodes = { readonly batchId: string; readonly codes: readonly string[]; readonly waits: boolean }

/**
 * Makes gift codes. Where all of them together are worth more than the seller's limit for credit, they wait for a second person. A form that
 * was sent before makes nothing: its codes were handed out.
 */
export async function issueCodes(
  ctx: TenantContext,
  { formKey, ...wanted }: IssueCodesInput,
): Promise<Result<IssuedCodes, GiftBatchProblem | 'issued-before'>> {
  const seller = await sellerOf(ctx)
  const problem = batchProblem(wanted, localDateOf(ctx.now, seller.timeZone))
  if (problem) return err(problem)
  const limit = await readApprovalLimit(ctx)
  const waits = needsApproval(worthOf(wanted), limit === null ? null : money(limit, seller.currency))
  const batchId = newId()
  if (!(await insertBatch(ctx, { ...wanted, id: batchId, formKey, state: waits ? 'waiting' : 'active' }))) return err('issued-before')

  const codes = Array.from({ length: wanted.codes }, () => codeFrom(randomBytes(codeBytes)))
  await insertGiftCodes(
    ctx,
    batchId,
    codes.map((code) => ({ digest: digestOf(code), ending: code.slice(-4) })),
  )
  const { name, amount, redeemUntil } = wanted
  const detail = { name, codes: wanted.codes, amountMinor: amount.minor.toString(), currency: amount.currency, redeemUntil, waits }
  await audit(ctx, { action: 'gift-codes.issued', subjectKind: 'gift-batch', subjectId: batchId, detail })
  return ok({ batchId, codes, waits })
}

/** What of a code is kept. A code has 80 random bits, so that its digest needs no salt. */
export function digestOf(code: string): string {
  return createHash('sha256').update(code).digest('hex')
}

export type DecideBatchError = 'batch-not-found' | 'batch-decided' | 'same-person'

/** A second person lets the codes of a batch go out, or refuses them; anybody stops what is not redeemed yet. */
export async function decideBatch(
  ctx: TenantContext,
  { batchId, decision }: { readonly batchId: string; readonly decision: 'approve' | 'refuse' | 'stop' },
): Promise<Result<null, DecideBatchError>> {
  const batch = await lockBatch(ctx, batchId)
  if (!batch) return err('batch-not-found')
  if (batch.state !== (decision === 'stop' ? 'active' : 'waiting')) return err('batch-decided')
  if (decision === 'approve' && batch.createdBy === actorName(ctx.actor)) return err('same-person')

  const state = { approve: 'active', refuse: 'refused', stop: 'stopped' } as const
  await moveBatch(ctx, batchId, state[decision])
  await audit(ctx, { action: `gift-codes.${state[decision]}`, subjectKind: 'gift-batch', subjectId: batchId, detail: { name: batch.name } })
  return ok(null)
}
