import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { holdSaleRow } from '#app/db/settlement/settlement-sales.server.ts'
import { actorName } from '#app/domain/shared/actor.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'

export type HoldSaleInput = {
  readonly saleId: string
  /** Why the money waits; null lets it go. */
  readonly reason: string | null
}

/** Holds the money of a sale back while its payment is disputed, or lets it go. Payouts that were made stay. */
export async function holdSale(ctx: TenantContext, { saleId, reason }: HoldSaleInput): Promise<Result<void, 'sale-not-found'>> {
  const hold = reason === null ? null : { by: actorName(ctx.actor), reason }
  if (!(await holdSaleRow(ctx, saleId, hold))) return err('sale-not-found')
  await audit(ctx, {
    action: reason === null ? 'settlement.released' : 'settlement.held',
    subjectKind: 'settlement-sale',
    subjectId: saleId,
    detail: reason === null ? {} : { reason },
  })
  return ok(undefined)
}
