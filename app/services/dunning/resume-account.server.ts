import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { endAgreement } from '#app/db/dunning/dunning-agreements.server.ts'
import { closeCase, openCases, readOverdue } from '#app/db/dunning/dunning-cases.server.ts'
import { lockAccount } from '#app/db/people/account-holds.server.ts'
import { liftHold } from '../holds/lift-hold.server.ts'
import { sellerToday } from './read-due.server.ts'

/**
 * Ends every case of an account that owes nothing overdue any more: its hold is lifted, so that its services start, a promise is kept, and
 * the next overdue invoice begins with the first step. Fees of dunning that are still open keep nothing back. Safe to repeat.
 */
export async function resumeAccount(ctx: TenantContext, accountId: string): Promise<number> {
  const open = await openCases(ctx, { accountId })
  if (open.length === 0 || !(await lockAccount(ctx, accountId))) return 0
  const overdue = await readOverdue(ctx, { today: await sellerToday(ctx), accountIds: [accountId] })
  const owes = (currency: string) => overdue.some((row) => row.currency === currency && row.invoices.some(({ isOwnFee }) => !isOwnFee))
  const paid = open.filter(({ currency }) => !owes(currency))
  for (const { id, currency } of paid) {
    await closeCase(ctx, id)
    await liftHold(ctx, { accountId, key: `dunning:${currency}` })
    await audit(ctx, { action: 'dunning.closed', subjectKind: 'account', subjectId: accountId, detail: { currency } })
  }
  if (paid.length > 0 && paid.length === open.length && (await endAgreement(ctx, { accountId, kind: 'promise', state: 'kept' })))
    await audit(ctx, { action: 'dunning.promise-kept', subjectKind: 'account', subjectId: accountId })
  return paid.length
}
