import type { TenantContext } from '#app/db/context.server.ts'
import { collectedContracts } from '#app/db/settlement/settlement-terms.server.ts'
import { type LocalDate, localDateOf } from '#app/domain/time/local-date.ts'
import { sellerOf } from '../billing/draft-contracts.server.ts'

export type Collecting = {
  readonly resellers: readonly { readonly id: string; readonly name: string; readonly currency: string }[]
  readonly today: LocalDate
}

/** The resellers for whom the tenant takes their customers' money today, by name; at most 200. */
export async function readCollecting(ctx: TenantContext): Promise<Collecting> {
  const today = localDateOf(ctx.now, (await sellerOf(ctx)).timeZone)
  return { today, resellers: await collectedContracts(ctx, today) }
}
