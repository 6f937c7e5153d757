import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import { endHold, lockAccount } from '#app/db/people/account-holds.server.ts'

/**
 * Lets an account go again, as far as this hold is concerned; a job starts the services that ran before once nothing else stops them.
 * False when no hold with this key stands. Safe to repeat. Runs in the office's scope.
 */
export async function liftHold(ctx: TenantContext, { accountId, key }: { accountId: string; key: string }): Promise<boolean> {
  if (!(await lockAccount(ctx, accountId))) return false
  if (!(await endHold(ctx, { accountId, key }))) return false
  await enqueue(ctx, { name: 'account/holds.changed', data: { tenantId: ctx.tenantId, accountId } })
  await audit(ctx, { action: 'hold.lifted', subjectKind: 'account', subjectId: accountId, detail: { key } })
  return true
}
