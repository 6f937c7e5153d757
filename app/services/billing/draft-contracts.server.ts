import { billableContracts } from '#app/db/billing-facts.server.ts'
import { type DraftRow, readBillingRunRow, saveDrafts } from '#app/db/billing-runs.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { ownTenant, type TenantRow } from '#app/db/tenants.server.ts'
import type { InvoiceDraft } from '#app/domain/invoice/build-invoice.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { type BillingDraft, draftInvoice } from './draft-invoice.server.ts'
import { gatherDiscounts } from './gather-discounts.server.ts'
import { gatherFacts, type RunPeriod } from './gather-facts.server.ts'

/** Contracts drafted in one transaction: bounds the memory of a run, whatever the number of customers. */
const pageSize = 200

export type DraftPage = { readonly drafts: readonly BillingDraft[]; readonly lastContractId: string | null }

/** Drafts the next contracts after `afterId`, in order of id, and writes nothing. `lastContractId` is null when none are left. */
export async function draftPage(ctx: TenantContext, period: RunPeriod, afterId: string | null): Promise<DraftPage> {
  const seller = await sellerOf(ctx)
  const contracts = await billableContracts(ctx, { before: period.end, afterId, limit: pageSize })
  const facts = await gatherFacts(ctx, { seller, contracts, period })
  const reductions = await gatherDiscounts(
    ctx,
    contracts.map((contract) => contract.id),
  )
  return {
    drafts: facts.map((each) => draftInvoice({ seller, period, facts: each, reductions, now: ctx.now })),
    lastContractId: contracts.at(-1)?.id ?? null,
  }
}

export type DraftRunPageInput = { readonly billingRunId: string; readonly afterContractId: string | null }
export type DraftRunPageOutcome = { readonly lastContractId: string | null }

/** Writes the drafts of the next contracts of a run over those of an earlier try. Finalised ones stay. */
export async function draftRunPage(
  ctx: TenantContext,
  input: DraftRunPageInput,
): Promise<Result<DraftRunPageOutcome, 'billing-run-not-found'>> {
  const run = await readBillingRunRow(ctx, input.billingRunId)
  if (!run) return err('billing-run-not-found')
  const page = await draftPage(ctx, { start: run.periodStart, end: run.periodEnd }, input.afterContractId)
  await saveDrafts(ctx, run.id, page.drafts.map(toRow))
  return ok({ lastContractId: page.lastContractId })
}

function toRow(draft: BillingDraft): DraftRow {
  const { contract } = draft
  const none = { netMinor: 0n, taxMinor: 0n, totalMinor: 0n, content: '{}', problem: null }
  const common = { contractId: contract.id, accountId: contract.accountId, currency: contract.currency, state: draft.state }
  if (draft.state === 'empty') return { ...common, ...none }
  if (draft.state === 'parked') return { ...common, ...none, problem: draft.problem }
  const { net, tax, total } = draft.invoice
  const content = JSON.stringify(contentOf(draft.invoice))
  return { ...common, problem: null, netMinor: net.minor, taxMinor: tax.minor, totalMinor: total.minor, content }
}

/** What the office shows of a draft: enough to see where a total comes from. */
function contentOf(invoice: InvoiceDraft): object {
  return {
    lines: invoice.lines.map((line) => ({
      key: line.key,
      kind: line.kind,
      meter: line.meter,
      quantity: line.quantity.toFixed(),
      billed: line.billedQuantity.toFixed(),
      unitPrice: line.unitPrice.toFixed(),
      netMinor: line.net.minor.toString(),
    })),
    taxes: invoice.taxes.map((line) => ({ category: line.category, rate: line.rate.toFixed(), taxMinor: line.tax.minor.toString() })),
  }
}

/** The tenant that issues the invoices. */
export async function sellerOf(ctx: TenantContext): Promise<TenantRow> {
  const seller = await ownTenant(ctx)
  invariant(seller, `tenant ${ctx.tenantId} is not there`)
  return seller
}
