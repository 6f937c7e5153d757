import type { TenantContext } from '#app/db/context.server.ts'
import { readBillingRunRow } from '#app/db/documents/billing-runs.server.ts'
import { readBillingSettings } from '#app/db/documents/billing-settings.server.ts'
import { type DocumentIssuer, readIssuer } from '#app/db/documents/document-issuers.server.ts'
import { type DraftRow, parkedContracts, saveDrafts } from '#app/db/documents/run-drafts.server.ts'
import { ownTenant, type TenantRow } from '#app/db/sellers/tenants.server.ts'
import type { InvoiceDraft } from '#app/domain/invoice/build-invoice.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import type { LocalPeriod } from '#app/domain/time/invoice-cycle.ts'
import { localDateOf } from '#app/domain/time/local-date.ts'
import { draftInvoice } from './draft-invoice.server.ts'
import { type DueContract, dueContracts, dueContractsNamed, nextPages } from './due-contracts.server.ts'
import { gatherDiscounts } from './gather-discounts.server.ts'
import { contractsOf, gatherFacts } from './gather-facts.server.ts'
import { inTurns } from './in-turns.ts'
import { type JudgedDraft, judgeDrafts } from './judge-drafts.server.ts'

export type DraftPage = { readonly drafts: readonly JudgedDraft[]; readonly lastContractId: string | null }

/**
 * Drafts what falls due in `window` of the next contracts after `afterId`, in order of id, and writes nothing. `lastContractId` is
 * null when no contracts are left.
 */
export async function draftPage(ctx: TenantContext, window: LocalPeriod, afterId: string | null): Promise<DraftPage> {
  const { due, lastContractId } = await dueContracts(ctx, window, afterId)
  return { drafts: await draftAndJudge(ctx, due), lastContractId }
}

async function draftAndJudge(ctx: TenantContext, due: readonly DueContract[]): Promise<JudgedDraft[]> {
  const seller = await sellerOf(ctx)
  const { facts, usageDays } = await gatherFacts(ctx, { seller, due })
  const reductions = await gatherDiscounts(ctx, contractsOf(facts))
  const today = localDateOf(ctx.now, seller.timeZone)
  const drafts = await inTurns(facts, (each) => draftInvoice({ facts: each, reductions, today }))
  return judgeDrafts(ctx, { seller, settings: await readBillingSettings(ctx), drafts, usageDays })
}

export type DraftRunPageInput = { readonly billingRunId: string; readonly afterContractId: string | null }
export type DraftRunPageOutcome = { readonly lastContractId: string | null }

/** Where the next pages of a run begin, at most `pages` of them. */
export async function nextRunPages(
  ctx: TenantContext,
  input: DraftRunPageInput & { readonly pages: number },
): Promise<Result<(string | null)[], 'billing-run-not-found'>> {
  const run = await readBillingRunRow(ctx, input.billingRunId)
  if (!run) return err('billing-run-not-found')
  const window = { start: run.periodStart, end: run.periodEnd }
  return ok(await nextPages(ctx, { window, afterId: input.afterContractId, pages: input.pages }))
}

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

/** Parked contracts drafted in one transaction. */
const parkedPageSize = 200

/** Drafts the next parked contracts of a run anew, and leaves the others. */
export async function draftParkedPage(
  ctx: TenantContext,
  input: DraftRunPageInput,
): Promise<Result<DraftRunPageOutcome, 'billing-run-not-found'>> {
  const run = await readBillingRunRow(ctx, input.billingRunId)
  if (!run) return err('billing-run-not-found')
  const ids = await parkedContracts(ctx, run.id, { afterId: input.afterContractId, limit: parkedPageSize })
  const due = await dueContractsNamed(ctx, { start: run.periodStart, end: run.periodEnd }, ids)
  await saveDrafts(ctx, run.id, (await draftAndJudge(ctx, due)).map(toRow))
  return ok({ lastContractId: ids.at(-1) ?? null })
}

function toRow({ draft, previous, flags }: JudgedDraft): DraftRow {
  const { contract, period } = draft
  const none = { netMinor: 0n, taxMinor: 0n, totalMinor: 0n, content: '{}', problem: null }
  const common = {
    contractId: contract.id,
    accountId: contract.accountId,
    currency: contract.currency,
    state: draft.state,
    periodStart: period.start,
    periodEnd: period.end,
    previousInvoiceId: previous?.id ?? null,
    previousTotalMinor: previous?.total.minor ?? null,
    flags,
  }
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

/** The tenant that sells, and its parent where that one issues the documents now. */
export type Seller = TenantRow & { readonly issuer?: DocumentIssuer | undefined }

/** The tenant whose documents are made. */
export async function sellerOf(ctx: TenantContext): Promise<Seller> {
  const seller = await ownTenant(ctx)
  invariant(seller, `tenant ${ctx.tenantId} is not there`)
  const issuer = seller.parentTenantId ? await readIssuer(ctx, localDateOf(ctx.now, seller.timeZone)) : undefined
  return { ...seller, issuer }
}
