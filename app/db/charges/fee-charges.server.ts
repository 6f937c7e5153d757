import type { RatedCharge } from '#app/domain/rating/charge.ts'
import type { TenantContext } from '../context.server.ts'
import { insertCharges, type Saving } from './charges.server.ts'

/** A fee on its way into the charges. `name` is the subscription's; null without one. */
export type NewFee = {
  readonly rated: RatedCharge
  readonly accountId: string
  readonly payerAccountId: string
  readonly name: string | null
}

/** Saves the fees that are not charged yet; their source key makes every further try harmless. */
export function insertFees(ctx: TenantContext, fees: readonly NewFee[]): Promise<void> {
  return save(ctx, fees, { keepsFormer: true })
}

/** Saves what a re-rating changes of fees, each under the next key of its fee: a second try fails as a whole. */
export function insertReRatedFees(ctx: TenantContext, rerateRunId: string, fees: readonly NewFee[]): Promise<void> {
  return save(ctx, fees, { rerateRunId })
}

function save(ctx: TenantContext, fees: readonly NewFee[], saving: Saving): Promise<void> {
  const charges = fees.map(({ name, ...fee }) => ({ ...fee, usageRecordId: null, resourceId: null, resourceName: name }))
  return insertCharges(ctx, charges, saving)
}
