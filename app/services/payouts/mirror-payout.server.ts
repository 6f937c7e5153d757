import { inPanel, inTenant, type TenantContext } from '#app/db/context.server.ts'
import { readFinalisedInvoice } from '#app/db/documents/finalised-invoices.server.ts'
import { readBooksState } from '#app/db/ledger/accounting-periods.server.ts'
import { listPayouts } from '#app/db/settlement/payouts.server.ts'
import { postingsOfParentPayout } from '#app/domain/ledger/settlement-rules.ts'
import { money } from '#app/domain/money/money.ts'
import { bookingDayOf } from '#app/domain/payment/payment.ts'
import { postingsOfSelfBilledTax } from '#app/domain/settlement/settlement-postings.ts'
import type { Actor } from '#app/domain/shared/actor.ts'
import type { TaxCategory } from '#app/domain/tax/determine-tax.ts'
import { type LocalDate, localDateOf } from '#app/domain/time/local-date.ts'
import { sellerOf } from '../billing/draft-contracts.server.ts'
import { type EntryInput, postEntries } from '../ledger/post-entry.server.ts'

type PayoutEntry = EntryInput & { readonly paidOn?: LocalDate }
export type MirrorPayoutInput = { readonly tenantId: string; readonly payoutId: string; readonly actor: Actor }

/**
 * Brings a payout into the child's own books: the tax of the document issued in its name, and the money once it is paid. The parent's rows
 * are read as the child may read them. Safe to repeat.
 */
export async function mirrorPayout({ tenantId, payoutId, actor }: MirrorPayoutInput): Promise<void> {
  const edge = await inTenant(tenantId, async ({ db }) => {
    const payout = await db.payout.findFirst({ where: { tenantId, id: payoutId }, select: { accountId: true } })
    const where = { tenantId, id: payout?.accountId ?? payoutId }
    return db.account.findFirst({ where, select: { id: true, childTenantId: true } })
  })
  if (!edge?.childTenantId) return
  const entries = await inPanel(tenantId, [edge.id], async (ctx): Promise<PayoutEntry[]> => {
    const [payout] = await listPayouts(ctx, { id: payoutId })
    if (!payout) return []
    const { currency, payoutMinor, paidOn, invoiceId } = payout
    const document = invoiceId ? await readFinalisedInvoice(ctx, invoiceId) : undefined
    const taxes = (document?.invoice.taxes ?? []).map((line) => ({ ...line, category: line.category as TaxCategory }))
    const common = { accountId: null, invoiceId: null }
    const entryOfTax = {
      ...common,
      sourceKey: `self-billed:${payoutId}`,
      kind: 'settlement' as const,
      postings: postingsOfSelfBilledTax(taxes, currency),
    }
    const amount = money(payoutMinor, currency)
    return [
      ...(entryOfTax.postings.length > 0 ? [entryOfTax] : []),
      ...(paidOn
        ? [
            {
              ...common,
              sourceKey: `payout:${payoutId}`,
              kind: 'payout' as const,
              paidOn,
              postings: postingsOfParentPayout(amount),
            },
          ]
        : []),
    ]
  })
  if (entries.length > 0) await inTenant(edge.childTenantId, (ctx) => book(ctx, entries), { actor })
}

/** On the day the money was paid or, when that month is closed, today. */
async function book(ctx: TenantContext, entries: readonly PayoutEntry[]): Promise<void> {
  const today = localDateOf(ctx.now, (await sellerOf(ctx)).timeZone)
  const { lastClosed } = await readBooksState(ctx)
  const dayOf = (paidOn: LocalDate) => ({ bookedOn: bookingDayOf({ receivedOn: paidOn, lastClosed, today }) })
  await postEntries(
    ctx,
    entries.map(({ paidOn, ...entry }) => ({ ...entry, ...(paidOn ? dayOf(paidOn) : {}) })),
  )
}
