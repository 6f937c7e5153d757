import type { TenantContext } from '#app/db/context.server.ts'
import { hadTrialBefore, readTrialUsed } from '#app/db/subscriptions/trials.server.ts'
import { type TrialAsked, trialOf, trialProblem } from '#app/domain/catalog/trial-terms.ts'

type TrialWish = {
  readonly accountId: string
  readonly productId: string
  /** Of the product that is ordered. */
  readonly spec: unknown
  readonly asked: TrialAsked
}

/** Why an order may not begin in the trial that its product has; null where it may, or there is none. Orders that were placed before count. */
export async function judgeTrial(
  ctx: TenantContext,
  { accountId, productId, spec, asked }: TrialWish,
): Promise<'trial-used' | 'trial-limit' | null> {
  const terms = trialOf(spec)
  if (!terms) return null
  const hadBefore = await hadTrialBefore(ctx, { productId, accountId })
  return trialProblem(terms, { used: await readTrialUsed(ctx, { productId, accountId }), hadBefore }, asked)
}
