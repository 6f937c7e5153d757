import type { TenantContext } from '#app/db/context.server.ts'
import { primaryHost } from '#app/db/sellers/hosts.server.ts'
import { ownTenant } from '#app/db/sellers/tenants.server.ts'
import { endingSubscriptions, markReminded, type ReminderRow } from '#app/db/subscriptions/subscription-reminders.server.ts'
import type { Money } from '#app/domain/money/money.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { type DueReminder, dueReminder, type ReminderKind } from '#app/domain/subscription/reminder.ts'
import { addDays, type LocalDate, localDateOf, startOfDay } from '#app/domain/time/local-date.ts'
import type { Mail, Mailer } from '#app/ports/mailer.ts'
import type { TenantProcess } from '../tenant-process.server.ts'
import { firstPaidPeriodOf, nextTermOf } from './next-term-price.server.ts'

/** What a buyer is told before a term or a trial is over. */
export type SubscriptionReminder = {
  readonly kind: ReminderKind
  readonly subscriptionId: string
  readonly subscription: string
  /** Names by language tag. */
  readonly plan: Readonly<Record<string, string>>
  readonly to: { readonly name: string; readonly address: string; readonly language: string }
  /** The day the term or trial is over, where the seller is. */
  readonly date: LocalDate
  /** What follows: the next term, or the first whole period that is paid for. Days where the seller is, the last one included. */
  readonly next: { readonly from: LocalDate; readonly through: LocalDate; readonly price: Money }
  readonly seller: { readonly slug: string; readonly host: string; readonly country: string }
}

export type ReminderPorts = { readonly mailer: Mailer; compose(reminder: SubscriptionReminder): Promise<Omit<Mail, 'key'>> }

/** No plan asks for a reminder earlier than 90 days before. */
const furthestMs = 91 * 86_400_000
const pageSize = 100
/** Mails leave between eight and eight where the seller is. */
const [firstHour, lastHour] = [8, 20]

/**
 * Mails every buyer of the tenant whose term or trial ends soon, once a term, and notes it. Safe to repeat: a mail that was handed over
 * but not noted is handed over again under the same key. Returns how many were told; none outside of the seller's day.
 */
export async function remindSubscribers(process: TenantProcess<ReminderPorts>): Promise<number> {
  let told = 0
  for (let afterId: string | null = null; ; ) {
    const page = await process.inTenant((ctx) => readPage(ctx, afterId))
    for (const { key, reminder } of page.due) {
      await process.ports.mailer.send({ key, ...(await process.ports.compose(reminder)) })
      await process.inTenant((ctx) => markReminded(ctx, reminder.subscriptionId))
      told += 1
    }
    afterId = page.lastId
    if (afterId === null) return told
  }
}

type Due = { readonly key: string; readonly reminder: SubscriptionReminder }

async function readPage(ctx: TenantContext, afterId: string | null): Promise<{ due: Due[]; lastId: string | null }> {
  const [tenant, host] = [await ownTenant(ctx), await primaryHost(ctx)]
  invariant(tenant && host, `remindSubscribers: tenant ${ctx.tenantId} has no store domain`)
  if (!isDaytime(ctx.now, tenant.timeZone)) return { due: [], lastId: null }
  const rows = await endingSubscriptions(ctx, { until: new Date(ctx.now.getTime() + furthestMs), afterId, limit: pageSize })
  const seller = { slug: tenant.slug, host, country: tenant.country }
  const due: Due[] = []
  for (const row of rows) {
    const reminder = dueReminder({ ...row, termStart: row.start }, ctx.now)
    if (reminder) due.push({ key: keyOf(row, reminder), reminder: await toReminder(ctx, row, { ...reminder, seller }) })
  }
  return { due, lastId: rows.length < pageSize ? null : (rows.at(-1)?.id ?? null) }
}

function isDaytime(now: Date, zone: string): boolean {
  const hours = (now.getTime() - startOfDay(localDateOf(now, zone), zone).getTime()) / 3_600_000
  return hours >= firstHour && hours < lastHour
}

function keyOf({ id }: ReminderRow, { end }: DueReminder): string {
  return `subscription-reminder:${id}:${end.toISOString()}`
}

async function toReminder(
  ctx: TenantContext,
  row: ReminderRow,
  { kind, end, seller }: DueReminder & Pick<SubscriptionReminder, 'seller'>,
): Promise<SubscriptionReminder> {
  const day = (instant: Date) => localDateOf(instant, row.zone)
  const isTrial = row.trialEndsAt?.getTime() === end.getTime()
  const { period, price } = isTrial ? await firstPaidPeriodOf(ctx, { ...row, trialEndsAt: end }) : await nextTermOf(ctx, { ...row, end })
  return {
    kind,
    subscriptionId: row.id,
    subscription: row.name,
    plan: row.plan,
    to: { name: row.buyer, address: row.email, language: row.language },
    date: day(end),
    next: { from: day(period.start), through: addDays(day(period.end), -1), price },
    seller,
  }
}
