import { contractsById, lockContract } from '#app/db/billing-facts.server.ts'
import { closeDraft, type LockedDraft, lockDraft, readBillingRunRow, setDraftAside } from '#app/db/billing-runs.server.ts'
import { markInvoiced } from '#app/db/charges-billing.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { newId } from '#app/db/ids.server.ts'
import { invoiceOfPeriod } from '#app/db/invoices.server.ts'
import type { TenantRow } from '#app/db/tenants.server.ts'
import type { InvoiceDraft } from '#app/domain/invoice/build-invoice.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { sellerOf } from '../billing/draft-contracts.server.ts'
import { type BillingDraft, draftInvoice } from '../billing/draft-invoice.server.ts'
import { gatherDiscounts } from '../billing/gather-discounts.server.ts'
import { holdFacts } from '../billing/gather-facts.server.ts'
import { parkDraft } from '../billing/park-draft.server.ts'
import { postInvoice } from '../ledger/post-invoice.server.ts'
import { type IssuedLines, issue } from './issue-invoice.ts'
import { placeDocument } from './place-document.server.ts'
import { settleDiscounts } from './settle-discounts.server.ts'

export type FinaliseInvoiceInput = { readonly draftId: string }
export type FinaliseInvoiceError = 'draft-not-found'

/** `invoiceId` is null when there was nothing to bill, or the contract is parked. */
export type FinalisedDraft = { readonly invoiceId: string | null; readonly isNew: boolean }

type DraftedInvoice = Extract<BillingDraft, { state: 'drafted' }>
type Finalising = { readonly draft: LockedDraft; readonly seller: TenantRow; readonly drafted: DraftedInvoice }

/**
 * Turns a draft into a numbered document: charges, number, hash, ledger entry and event together, or nothing of it. The
 * invoice is built anew from the charges held here, by the function that made the preview. Safe to repeat: a contract has one
 * invoice per period, and a second try finds it.
 */
export async function finaliseInvoice(
  ctx: TenantContext,
  input: FinaliseInvoiceInput,
): Promise<Result<FinalisedDraft, FinaliseInvoiceError>> {
  const draft = await lockDraft(ctx, input.draftId)
  const run = draft && (await readBillingRunRow(ctx, draft.billingRunId))
  if (!draft || !run) return err('draft-not-found')
  if (draft.state !== 'drafted') return ok({ invoiceId: draft.invoiceId, isNew: false })

  const period = { start: draft.periodStart, end: draft.periodEnd }
  const issued = await invoiceOfPeriod(ctx, draft.contractId, period.start)
  invariant(!issued, `contract ${draft.contractId} has invoice ${issued?.id} for ${period.start} from another run`)

  await lockContract(ctx, draft.contractId)
  const seller = await sellerOf(ctx)
  const contracts = await contractsById(ctx, [draft.contractId])
  const [facts] = await holdFacts(ctx, { seller, due: contracts.map((contract) => ({ contract, period })) })
  invariant(facts, `draft ${draft.id} has no contract`)
  const reductions = await gatherDiscounts(ctx, [draft.contractId])
  const built = draftInvoice({ seller, facts, reductions, now: ctx.now })
  if (built.state === 'drafted' && (run.approvedAt === null || built.invoice.total.minor === draft.totalMinor))
    return ok({ invoiceId: await finalise(ctx, { draft, seller, drafted: built }), isNew: true })

  if (built.state === 'drafted') await parkDraft(ctx, { draftId: draft.id, problem: 'changed-since-approval' })
  else if (built.state === 'parked') await parkDraft(ctx, { draftId: draft.id, problem: built.problem })
  else await setDraftAside(ctx, draft.id, 'empty', null)
  return ok({ invoiceId: null, isNew: false })
}

async function finalise(ctx: TenantContext, work: Finalising): Promise<string> {
  const { draft, seller, drafted } = work
  const lines = withIds(drafted.invoice)
  const document = await placeDocument(ctx, {
    document: issue({ seller, drafted, lines, now: ctx.now }),
    numberPrefix: seller.numberPrefix,
    billingRunId: draft.billingRunId,
    refersToId: null,
  })
  await settleCharges(ctx, { drafted, lines, invoiceId: document.id })
  await settleDiscounts(ctx, drafted.invoice, document.id)
  await postInvoice(ctx, { invoiceId: document.id, accountId: document.accountId, draft: drafted.invoice })
  await closeDraft(ctx, {
    id: draft.id,
    invoiceId: document.id,
    netMinor: document.net.minor,
    taxMinor: document.tax.minor,
    totalMinor: document.total.minor,
  })
  return document.id
}

function withIds(invoice: InvoiceDraft): IssuedLines {
  return invoice.lines.map((line) => ({ ...line, id: newId() }))
}

/** Ties every open charge of the contract to the invoice: those without a line of their own are settled by it silently. */
async function settleCharges(
  ctx: TenantContext,
  settled: { drafted: DraftedInvoice; lines: IssuedLines; invoiceId: string },
): Promise<void> {
  const { drafted, lines, invoiceId } = settled
  const silent = drafted.invoice.silentKeys.map((key) => ({ key, lineId: null }))
  const taken = [...lines.map((line) => ({ key: line.key, lineId: line.id })), ...silent]
  const marked = await markInvoiced(ctx, drafted.reach, invoiceId, taken)
  invariant(marked === drafted.charges, `invoice ${invoiceId} was built from ${drafted.charges} charges and took ${marked}`)
}
