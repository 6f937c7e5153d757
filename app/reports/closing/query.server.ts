import type { TenantContext } from '#app/db/context.server.ts'
import { readClosingSettings, servicesOf } from '#app/db/people/account-closings.server.ts'
import { readContractCurrency } from '#app/db/people/accounts.server.ts'
import { graceEnd } from '#app/domain/closing/closing-plan.ts'
import { fromDecimal, type Money, money } from '#app/domain/money/money.ts'
import { toPublicId } from '#app/domain/shared/ids.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'
import { sumAccrued, sumCredit, sumOpenInvoices } from '../spend.server.ts'

export type ClosingView = {
  readonly accountId: string
  readonly publicId: string
  readonly name: string
  readonly status: 'active' | 'suspended' | 'closed'
  readonly isReseller: boolean
  /** What runs and would end. */
  readonly services: readonly { readonly id: string; readonly kind: string; readonly name: string }[]
  readonly departments: readonly { readonly id: string; readonly name: string }[]
  /** Until when it could be undone if it were asked for now. */
  readonly graceEndsAt: Date
  /** The latest closing; null when none was ever asked for. */
  readonly closing: {
    readonly state: 'open' | 'reopened' | 'closed'
    readonly reason: string
    readonly askedAt: Date
    readonly graceEndsAt: Date
    readonly reopenedAt: Date | null
    readonly closedAt: Date | null
    readonly eraseOn: LocalDate | null
    readonly erasedAt: Date | null
  } | null
}

/** How an account ends, or would end. Null when the scope holds no such account. Needs the office's scope. */
export async function readClosing(ctx: TenantContext, accountId: string): Promise<ClosingView | null> {
  const { tenantId } = ctx
  const account = await ctx.db.account.findUnique({
    where: { tenantId_id: { tenantId, id: accountId } },
    select: { id: true, name: true, status: true, childTenantId: true },
  })
  if (!account) return null
  const departments = await ctx.db.account.findMany({
    where: { tenantId, parentAccountId: accountId, status: { not: 'closed' } },
    select: { id: true, name: true },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: 500,
  })
  const { resources, subscriptions } = await servicesOf(ctx, [accountId, ...departments.map(({ id }) => id)])
  return {
    accountId,
    publicId: toPublicId('account', accountId),
    name: account.name,
    status: account.status as ClosingView['status'],
    isReseller: account.childTenantId !== null,
    services: [
      ...resources.map(({ id, kind, name }) => ({ id, kind, name })),
      ...subscriptions.map(({ id, name }) => ({ id, kind: 'subscription', name })),
    ],
    departments,
    graceEndsAt: graceEnd(ctx.now, await readClosingSettings(ctx)),
    closing: await readLatest(ctx, accountId),
  }
}

async function readLatest(ctx: TenantContext, accountId: string): Promise<ClosingView['closing']> {
  const row = await ctx.db.accountClosing.findFirst({
    where: { tenantId: ctx.tenantId, accountId },
    select: {
      state: true,
      reason: true,
      askedAt: true,
      graceEndsAt: true,
      reopenedAt: true,
      closedAt: true,
      eraseOn: true,
      erasedAt: true,
    },
    orderBy: [{ askedAt: 'desc' }, { id: 'desc' }],
  })
  if (!row) return null
  const state = row.state as 'open' | 'reopened' | 'closed'
  return { ...row, state, eraseOn: row.eraseOn?.toISOString().slice(0, 10) ?? null }
}

/** Money at the end of an account: used and not invoiced yet (net), still to be paid, and what is in hand. Reads a panel scope. */
export type ClosingMoney = { readonly accrued: Money; readonly due: Money; readonly credit: Money }

/** What the account owes and has now. */
export async function readClosingMoney(ctx: TenantContext, accountId: string): Promise<ClosingMoney | null> {
  const currency = await readContractCurrency(ctx, accountId)
  if (!currency) return null
  const { openMinor } = await sumOpenInvoices(ctx, currency)
  return {
    accrued: fromDecimal(await sumAccrued(ctx, currency), currency),
    due: money(openMinor, currency),
    credit: money(await sumCredit(ctx, currency), currency),
  }
}

export type ClosingListRow = {
  readonly accountId: string
  readonly name: string
  readonly state: 'open' | 'reopened' | 'closed'
  readonly askedAt: Date
  readonly graceEndsAt: Date
  readonly eraseOn: LocalDate | null
  readonly erasedAt: Date | null
}

/** Closings of a seller, those that go on first, then the newest; at most 200. */
export function listClosings(ctx: TenantContext): Promise<ClosingListRow[]> {
  return ctx.db.$queryRaw<ClosingListRow[]>`
    select c.account_id as "accountId", a.name, c.state, c.asked_at as "askedAt", c.grace_ends_at as "graceEndsAt", c.erase_on::text as "eraseOn",
      c.erased_at as "erasedAt"
    from account_closings c join accounts a on a.tenant_id = c.tenant_id and a.id = c.account_id
    where c.tenant_id = ${ctx.tenantId}::uuid
    order by c.state <> 'open', c.asked_at desc, c.id desc limit 200`
}

/** What the seller chose about closings, or the usual. */
export const readClosingChoice = readClosingSettings
