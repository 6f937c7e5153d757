import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import {
  type ClosingRow,
  closingsToErase,
  eraseAccount,
  erasePeopleOf,
  markAccountsClosed,
  openClosings,
  readClosingSettings,
  updateClosing,
} from '#app/db/people/account-closings.server.ts'
import { familyOf, lockAccount } from '#app/db/people/account-holds.server.ts'
import { closingStep, eraseDay } from '#app/domain/closing/closing-plan.ts'
import { localDateOf } from '#app/domain/time/local-date.ts'
import { sellerOf } from '../billing/draft-contracts.server.ts'
import type { TenantProcess } from '../tenant-process.server.ts'
import { tell } from './close-account.server.ts'
import { endServices } from './end-services.server.ts'

const pageSize = 100

/**
 * Does what closings of a seller owe by now: ends what still runs, tells people before the grace is over, closes what is over, and erases
 * names the law needs no longer. One account a transaction. Safe to repeat.
 */
export async function goOnWithClosings({ inTenant }: TenantProcess<object>): Promise<void> {
  for (let afterId: string | null = null; ; ) {
    const after: string | null = afterId
    const page: ClosingRow[] = await inTenant((ctx) => openClosings(ctx, after, pageSize))
    for (const closing of page) await inTenant((ctx) => goOn(ctx, closing))
    if (page.length < pageSize) break
    afterId = page.at(-1)?.id ?? null
  }
  const due = await inTenant(async (ctx) => closingsToErase(ctx, localDateOf(ctx.now, (await sellerOf(ctx)).timeZone), pageSize))
  for (const closing of due) await inTenant((ctx) => erase(ctx, closing))
}

async function goOn(ctx: TenantContext, { id, accountId, graceEndsAt, remindedAt }: ClosingRow): Promise<void> {
  await lockAccount(ctx, accountId)
  const accountIds = (await familyOf(ctx, accountId)).map((account) => account.id)
  const servicesLeft = await endServices(ctx, accountIds)
  const step = closingStep({ graceEndsAt, isReminded: remindedAt !== null, servicesLeft }, ctx.now)
  if (step === 'remind') {
    await updateClosing(ctx, id, { remindedAt: ctx.now })
    await tell(ctx, id, 'soon')
  }
  if (step === 'close') await close(ctx, { id, accountId, accountIds })
}

type Closed = { readonly id: string; readonly accountId: string; readonly accountIds: readonly string[] }

/** The end: nobody has access any more, and whoever acted for nothing else here is nobody here. */
async function close(ctx: TenantContext, { id, accountId, accountIds }: Closed): Promise<void> {
  const { timeZone } = await sellerOf(ctx)
  const eraseOn = eraseDay(ctx.now, { ...(await readClosingSettings(ctx)), timeZone })
  await markAccountsClosed(ctx, accountIds)
  await updateClosing(ctx, id, { state: 'closed', closedAt: ctx.now, eraseOn: new Date(eraseOn) })
  const people = await erasePeopleOf(ctx, accountIds)
  await tell(ctx, id, 'closed')
  await audit(ctx, { action: 'account.closed', subjectKind: 'account', subjectId: accountId, detail: { eraseOn, people } })
}

async function erase(ctx: TenantContext, { id, accountId }: { readonly id: string; readonly accountId: string }): Promise<void> {
  const accountIds = (await familyOf(ctx, accountId)).map((account) => account.id)
  await eraseAccount(ctx, { id, accountIds })
  await audit(ctx, { action: 'account.erased', subjectKind: 'account', subjectId: accountId })
}
