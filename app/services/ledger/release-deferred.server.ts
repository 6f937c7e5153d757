import { inTenant, type TenantContext } from '#app/db/context.server.ts'
import { readBooksState } from '#app/db/ledger/accounting-periods.server.ts'
import { dueReleases, releasePrefix } from '#app/db/ledger/deferral.server.ts'
import { type BookMonth, bookMonthOf, daysOfMonth, nextToClose } from '#app/domain/ledger/accounting-period.ts'
import { deferredByKind } from '#app/domain/ledger/deferral.ts'
import { postingsOfDeferral } from '#app/domain/ledger/rules.ts'
import { negate } from '#app/domain/money/money.ts'
import { systemActor } from '#app/domain/shared/actor.ts'
import { groupBy } from '#app/domain/shared/group-by.ts'
import { localDateOf } from '#app/domain/time/local-date.ts'
import { sellerOf } from '../billing/draft-contracts.server.ts'
import { postEntries } from './post-entry.server.ts'

/**
 * Gives every month up to `through` what it earns of fees that were invoiced before it, booked on its first day, or on the first day that
 * is open when it is closed already. What comes late is given once more. Safe to repeat. Returns how many entries that made.
 */
export async function releaseDeferred(ctx: TenantContext, { through }: { readonly through: BookMonth }): Promise<number> {
  const due = groupBy(await dueReleases(ctx, through), ({ month }) => month)
  if (due.size === 0) return 0
  const books = await readBooksState(ctx)
  const firstOpen = books.lastClosed ? nextToClose(books) : null
  const entries = [...due].map(([month, parts]) => {
    const releases = parts[0]?.releases ?? 0
    return {
      sourceKey: `${releasePrefix}${month}${releases === 0 ? '' : `:${releases}`}`,
      kind: 'deferral' as const,
      accountId: null,
      invoiceId: null,
      bookedOn: daysOfMonth(firstOpen && firstOpen > month ? firstOpen : month).start,
      postings: postingsOfDeferral(deferredByKind(parts).map(({ kind, amount }) => ({ kind, amount: negate(amount) }))),
    }
  })
  return (await postEntries(ctx, entries)).size
}

/** Gives a seller's months what they earn, those that have begun in its zone. Returns how many entries that made. */
export function releaseBegunMonths(tenantId: string): Promise<number> {
  const work = async (ctx: TenantContext) => {
    const { timeZone } = await sellerOf(ctx)
    return releaseDeferred(ctx, { through: bookMonthOf(localDateOf(ctx.now, timeZone)) })
  }
  return inTenant(tenantId, work, { actor: systemActor('ledger') })
}
