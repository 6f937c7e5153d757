import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { saveThresholds } from '#app/db/credit/credit-crossings.server.ts'
import { lockPosition } from '#app/db/credit/credit-limits.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import type { CreditThresholds } from '#app/domain/credit/thresholds.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'

export type SetThresholdsInput = { readonly accountId: string; readonly thresholds: CreditThresholds }

/** Changes what happens as the limit of a contract is used up. */
export async function setThresholds(
  ctx: TenantContext,
  { accountId, thresholds }: SetThresholdsInput,
): Promise<Result<void, 'no-contract'>> {
  const position = await lockPosition(ctx, accountId)
  if (!position) return err('no-contract')
  await saveThresholds(ctx, position.contractId, thresholds)
  const detail = { ...thresholds, warnPercents: [...thresholds.warnPercents] }
  await audit(ctx, { action: 'credit-thresholds.changed', subjectKind: 'account', subjectId: accountId, detail })
  await enqueue(ctx, { name: 'credit/changed', data: { tenantId: ctx.tenantId, accountId } })
  return ok(undefined)
}
