import type { TenantContext } from '#app/db/context.server.ts'
import { crossingById, noteStaffTold } from '#app/db/credit/credit-crossings.server.ts'
import { endingIncreases, limitById } from '#app/db/credit/credit-limits.server.ts'
import { positionsOf } from '#app/db/credit/credit-positions.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import { staffWith } from '#app/db/people/people.server.ts'
import { ownTenant } from '#app/db/sellers/tenants.server.ts'
import { reachedNotice } from '#app/domain/credit/increase-notice.ts'
import { type Money, money, subtract } from '#app/domain/money/money.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { type LocalDate, localDateOf } from '#app/domain/time/local-date.ts'
import type { Mail, Mailer } from '#app/ports/mailer.ts'
import { tellAccount } from '../budgets/tell-account.server.ts'
import type { TenantProcess } from '../tenant-process.server.ts'

/** What the seller's staff reads of a buyer's credit. */
export type CreditNews = { readonly accountId: string; readonly customer: string } & (
  | { readonly kind: 'crossed'; readonly step: 'warn' | 'block' | 'suspend'; readonly exposure: Money; readonly limit: Money }
  | { readonly kind: 'increase-ends'; readonly increase: Money; readonly limit: Money; readonly until: LocalDate }
)

export type CreditLetter = CreditNews & {
  readonly to: { readonly name: string; readonly address: string; readonly language: string }
  readonly sellerSlug: string
}

export type CreditNewsPorts = { readonly mailer: Mailer; compose(letter: CreditLetter): Promise<Omit<Mail, 'key'>> }

/**
 * Tells buyers whose limit falls back soon, seven days and one day before, once each and by the ways they chose, and wakes the job that
 * mails the seller's staff. Returns how many were told.
 */
export async function tellEndingIncreases(ctx: TenantContext): Promise<number> {
  const { timeZone } = await ctx.db.tenant.findUniqueOrThrow({ where: { tenantId: ctx.tenantId }, select: { timeZone: true } })
  let told = 0
  for (const { id, accountId, currency, amountMinor, validFrom, validUntil } of await endingIncreases(ctx)) {
    const days = reachedNotice({ from: validFrom, until: validUntil, now: ctx.now })
    const position = (await positionsOf(ctx, [accountId])).get(accountId)
    if (days === null || !position) continue
    const increase = money(amountMinor, currency)
    const after = subtract(position.limit, increase)
    const facts = { increase: stored(increase), limit: stored(after), until: localDateOf(validUntil, timeZone) }
    const notice = { accountId, topic: 'spend', code: 'limit-ending', facts, key: `limit-ending:${id}:${days}` } as const
    if ((await tellAccount(ctx, notice)) === null) continue
    await enqueue(ctx, { name: 'credit/increase.ending', data: { tenantId: ctx.tenantId, limitId: id, days } })
    told += 1
  }
  return told
}

const stored = ({ minor, currency }: Money) => ({ minor: minor.toString(), currency })

/** Mails the seller's staff who look after contracts that a buyer crossed a step of its limit, once. Safe to repeat. */
export async function tellStaffOfCrossing(process: TenantProcess<CreditNewsPorts>, crossingId: string): Promise<void> {
  const letters = await process.inTenant(async (ctx) => {
    const crossing = await crossingById(ctx, crossingId)
    if (!crossing || crossing.isStaffTold || crossing.step === 'over') return []
    const { accountId, exposure, limit } = crossing
    const step = crossing.step === 'block' || crossing.step === 'suspend' ? crossing.step : 'warn'
    return lettersOf(ctx, { kind: 'crossed', accountId, customer: crossing.customer, step, exposure, limit })
  })
  await sendAll(process, letters, `credit-crossed:${crossingId}`)
  await process.inTenant((ctx) => noteStaffTold(ctx, crossingId))
}

/** Mails the same people that a buyer's increase ends in so many days. Safe to repeat: the same mail is handed over under the same key. */
export async function tellStaffOfIncrease(
  process: TenantProcess<CreditNewsPorts>,
  { limitId, days }: { readonly limitId: string; readonly days: number },
): Promise<void> {
  const letters = await process.inTenant(async (ctx) => {
    const row = await limitById(ctx, limitId)
    const position = row && (await positionsOf(ctx, [row.accountId])).get(row.accountId)
    if (!row?.validUntil || !position || row.validUntil <= ctx.now) return []
    const { timeZone } = await ctx.db.tenant.findUniqueOrThrow({ where: { tenantId: ctx.tenantId }, select: { timeZone: true } })
    const buyer = await ctx.db.account.findFirst({ where: { id: row.accountId }, select: { name: true } })
    invariant(buyer, `limit ${limitId} is nobody's`)
    const increase = money(row.amountMinor, position.currency)
    const until = localDateOf(row.validUntil, timeZone)
    const { accountId } = row
    return lettersOf(ctx, {
      kind: 'increase-ends',
      accountId,
      customer: buyer.name,
      increase,
      until,
      limit: subtract(position.limit, increase),
    })
  })
  await sendAll(process, letters, `increase-ends:${limitId}:${days}`)
}

async function lettersOf(ctx: TenantContext, news: CreditNews): Promise<CreditLetter[]> {
  const tenant = await ownTenant(ctx)
  invariant(tenant, `tenant ${ctx.tenantId} is not there`)
  return (await staffWith(ctx, 'contract:write')).map((to) => ({ ...news, to, sellerSlug: tenant.slug }))
}

async function sendAll({ ports }: TenantProcess<CreditNewsPorts>, letters: readonly CreditLetter[], key: string): Promise<void> {
  for (const letter of letters) await ports.mailer.send({ key: `${key}:${letter.to.address}`, ...(await ports.compose(letter)) })
}
