import type { TenantContext } from '#app/db/context.server.ts'
import type { BillingSettings } from '#app/db/documents/billing-settings.server.ts'
import { type PreviousInvoice, previousInvoices, quarantineOfPayers } from '#app/db/documents/draft-comparison.server.ts'
import type { TenantRow } from '#app/db/sellers/tenants.server.ts'
import { type DraftFlag, judgeDraft } from '#app/domain/invoice/judge-draft.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'
import type { BillingDraft } from './draft-invoice.server.ts'

/** A draft beside the invoice before it, with what is remarkable. */
export type JudgedDraft = {
  readonly draft: BillingDraft
  readonly previous: PreviousInvoice | null
  readonly flags: readonly DraftFlag[]
}

export type JudgeInput = {
  readonly seller: TenantRow
  readonly settings: BillingSettings
  readonly drafts: readonly BillingDraft[]
  /** The seller's days on which each contract used anything, in order, by contract. */
  readonly usageDays: ReadonlyMap<string, readonly LocalDate[]>
}

/** Puts drafts beside the invoices before them. Reads, and writes nothing. */
export async function judgeDrafts(ctx: TenantContext, { seller, settings, drafts, usageDays }: JudgeInput): Promise<JudgedDraft[]> {
  const before = await previousInvoices(
    ctx,
    drafts.map(({ contract, period }) => ({ contractId: contract.id, period })),
  )
  const payers = drafts.map(({ contract }) => contract.accountId)
  const quarantined = await quarantineOfPayers(ctx, payers, latest(drafts.map(({ reach }) => reach.usageUntil)))
  return drafts.map((draft) => {
    const { contract } = draft
    const { buyer } = contract
    const previous = before.get(contract.id) ?? null
    const flags = judgeDraft({
      ...settings,
      seller,
      buyer: { country: buyer.country, isBusiness: buyer.kind !== 'personal', hasValidVatId: buyer.vatIdStatus === 'valid' },
      total: draft.state === 'drafted' ? draft.invoice.total : null,
      problem: draft.state === 'parked' ? draft.problem : null,
      previousTotal: previous?.total ?? null,
      quarantined: quarantined.get(contract.accountId) ?? [],
      usageDays: usageDays.get(contract.id) ?? [],
    })
    return { draft, previous, flags }
  })
}

function latest(instants: readonly Date[]): Date {
  return instants.reduce((last, each) => (each > last ? each : last), new Date(0))
}
