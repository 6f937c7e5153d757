import type { TenantContext } from '#app/db/context.server.ts'
import { contractsById } from '#app/db/documents/billing-facts.server.ts'
import { readBillingSettings } from '#app/db/documents/billing-settings.server.ts'
import { readFinalisedInvoice } from '#app/db/documents/finalised-invoices.server.ts'
import { readDraftRow } from '#app/db/documents/run-drafts.server.ts'
import { type ComparedLine, compareLines } from '#app/domain/invoice/compare-lines.ts'
import type { FinalisedLine } from '#app/domain/invoice/finalised-invoice.ts'
import type { Money } from '#app/domain/money/money.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import type { LocalPeriod } from '#app/domain/time/invoice-cycle.ts'
import { localDateOf } from '#app/domain/time/local-date.ts'
import { issue } from '../invoices/issue-invoice.ts'
import { sellerOf } from './draft-contracts.server.ts'
import { draftInvoice } from './draft-invoice.server.ts'
import { gatherDiscounts } from './gather-discounts.server.ts'
import { gatherFacts } from './gather-facts.server.ts'

export type CompareDraftInput = {
  readonly billingRunId: string
  readonly draftId: string
  /** From which difference on a line counts as changed; what the seller finds remarkable when left out. */
  readonly changedPercent?: number | undefined
}

export type DraftComparison = {
  readonly accountId: string
  readonly buyerName: string
  readonly period: LocalPeriod
  readonly runPeriod: LocalPeriod
  readonly changedPercent: number
  /** The contract's invoice before; null when this is its first. */
  readonly previous: { readonly id: string; readonly number: string; readonly net: Money } | null
  /** Net of the draft as it stands now; null while it cannot be billed. */
  readonly net: Money | null
  readonly rows: readonly ComparedLine[]
}

type Lines = { readonly lines: readonly FinalisedLine[]; readonly net: Money | null }

/**
 * A draft of a run line by line beside the contract's invoice before it. What has its number is read, what has none is made by the
 * function that will finalise it. Writes nothing.
 */
export async function compareDraft(ctx: TenantContext, input: CompareDraftInput): Promise<Result<DraftComparison, 'draft-not-found'>> {
  const draft = await readDraftRow(ctx, input)
  if (!draft) return err('draft-not-found')
  const { accountId, buyerName, period, runPeriod, currency, previousInvoiceId } = draft
  const before = previousInvoiceId ? await readFinalisedInvoice(ctx, previousInvoiceId) : undefined
  const now = draft.invoiceId ? await issuedLines(ctx, draft.invoiceId) : await draftedLines(ctx, draft)
  const changedPercent = input.changedPercent ?? (await readBillingSettings(ctx)).changedPercent
  const previous = before ? { id: before.invoice.id, number: before.invoice.number, net: before.invoice.net } : null
  const rows = compareLines({ before: before?.invoice.lines ?? [], now: now.lines, currency, changedPercent })
  return ok({ accountId, buyerName, period, runPeriod, changedPercent, previous, net: now.net, rows })
}

async function issuedLines(ctx: TenantContext, invoiceId: string): Promise<Lines> {
  const stored = await readFinalisedInvoice(ctx, invoiceId)
  return { lines: stored?.invoice.lines ?? [], net: stored?.invoice.net ?? null }
}

async function draftedLines(
  ctx: TenantContext,
  { contractId, period }: { readonly contractId: string; readonly period: LocalPeriod },
): Promise<Lines> {
  const [contract] = await contractsById(ctx, [contractId])
  if (!contract) return { lines: [], net: null }
  const seller = await sellerOf(ctx)
  const {
    facts: [facts],
  } = await gatherFacts(ctx, { seller, due: [{ contract, period }] })
  if (!facts) return { lines: [], net: null }
  const drafted = draftInvoice({
    facts,
    reductions: await gatherDiscounts(ctx, [contractId]),
    today: localDateOf(ctx.now, seller.timeZone),
  })
  if (drafted.state !== 'drafted') return { lines: [], net: null }
  const lines = drafted.invoice.lines.map((line) => ({ ...line, id: line.key }))
  return { lines: issue({ seller, drafted, lines, now: ctx.now }).lines, net: drafted.invoice.net }
}
