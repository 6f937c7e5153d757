import { settledOtherwise } from '#app/db/invariants/settled.server.ts'
import { payableNotAsCounted, payoutsAboveItems } from '#app/db/invariants/settlement.server.ts'
import { asOffice } from './builders.ts'
import type { SettledEdge } from './settled-edge.ts'

/** How many rows of the parent's books do not agree with what was counted and paid out. */
export async function disagreements({ provider: { tenantId } }: SettledEdge): Promise<number> {
  const found = await asOffice(tenantId, async (ctx) => [
    await payableNotAsCounted(ctx),
    await payoutsAboveItems(ctx),
    await settledOtherwise(ctx),
  ])
  return found.reduce((all, { violations }) => all + violations, 0)
}
