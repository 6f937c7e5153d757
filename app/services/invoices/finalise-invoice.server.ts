import { audit } from '#app/db/audit.server.ts'
import { contractsById, lockContract } from '#app/db/billing-facts.server.ts'
import { closeDraft, type LockedDraft, lockDraft, readBillingRunRow, setDraftAside } from '#app/db/billing-runs.server.ts'
import { markInvoiced } from '#app/db/charges-billing.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { newId } from '#app/db/ids.server.ts'
import { insertInvoice, invoiceOfPeriod } from '#app/db/invoices.server.ts'
import { rememberHash, takeNumber } from '#app/db/number-series.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import type { TenantRow } from '#app/db/tenants.server.ts'
import type { InvoiceDraft } from '#app/domain/invoice/build-invoice.ts'
import { formatDocumentNumber, seriesYear } from '#app/domain/invoice/document-number.ts'
import type { FinalisedInvoice } from '#app/domain/invoice/finalised-invoice.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { sellerOf } from '../billing/draft-contracts.server.ts'
import { type BillingDraft, draftInvoice } from '../billing/draft-invoice.server.ts'
import { gatherDiscounts } from '../billing/gather-discounts.server.ts'
import { holdFacts, type RunPeriod } from '../billing/gather-facts.server.ts'
import { parkDraft } from '../billing/park-draft.server.ts'
import { postInvoice } from '../ledger/post-invoice.server.ts'
import { contentHashOf } from './content-hash.ts'
import { type IssuedLines, issue } from './issue-invoice.ts'
import { settleDiscounts } from './settle-discounts.server.ts'

export type FinaliseInvoiceInput = { readonly draftId: string }
export type FinaliseInvoiceError = 'draft-not-found'

/** `invoiceId` is null when there was nothing to bill, or the contract is parked. */
export type FinalisedDraft = { readonly invoiceId: string | null; readonly isNew: boolean }

type DraftedInvoice = Extract<BillingDraft, { state: 'drafted' }>
type Finalising = { readonly draft: LockedDraft; readonly seller: TenantRow; readonly period: RunPeriod; readonly drafted: DraftedInvoice }

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

  const period = { start: run.periodStart, end: run.periodEnd }
  const issued = await invoiceOfPeriod(ctx, draft.contractId, period.start)
  invariant(!issued, `contract ${draft.contractId} has invoice ${issued?.id} for ${period.start} from another run`)

  await lockContract(ctx, draft.contractId)
  const seller = await sellerOf(ctx)
  const [facts] = await holdFacts(ctx, { seller, contracts: await contractsById(ctx, [draft.contractId]), period })
  invariant(facts, `draft ${draft.id} has no contract`)
  const reductions = await gatherDiscounts(ctx, [draft.contractId])
  const built = draftInvoice({ seller, period, facts, reductions, now: ctx.now })
  if (built.state === 'drafted') return ok({ invoiceId: await finalise(ctx, { draft, seller, period, drafted: built }), isNew: true })

  if (built.state === 'parked') await parkDraft(ctx, { draftId: draft.id, problem: built.problem })
  else await setDraftAside(ctx, draft.id, 'empty', null)
  return ok({ invoiceId: null, isNew: false })
}

async function finalise(ctx: TenantContext, work: Finalising): Promise<string> {
  const { draft, seller, period, drafted } = work
  const year = seriesYear(drafted.invoice.issueDate)
  const lines = withIds(drafted.invoice)
  // The number comes as late as it can: whoever takes it makes the others of this seller wait.
  const number = await takeNumber(ctx, { documentType: 'invoice', year }, seller.numberPrefix)
  const document = issue({
    id: newId(),
    number: formatDocumentNumber({ prefix: number.prefix, year, sequence: number.sequence }),
    seller,
    period,
    drafted,
    lines,
    now: ctx.now,
  })
  const contentHash = contentHashOf(document, number.previousHash)

  await insertInvoice(ctx, rowOf(document, { draft, year, number, contentHash }), {
    lines: document.lines.map(lineRowOf),
    taxes: document.taxes.map(taxRowOf),
  })
  await rememberHash(ctx, number.seriesId, contentHash)
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
  await audit(ctx, {
    action: 'invoice.finalised',
    subjectKind: 'invoice',
    subjectId: document.id,
    detail: { number: document.number, contentHash },
  })
  await enqueue(ctx, {
    name: 'invoice/finalised',
    data: { tenantId: ctx.tenantId, invoiceId: document.id },
    key: `invoice-finalised:${document.id}`,
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

function rowOf(
  invoice: FinalisedInvoice,
  facts: {
    draft: LockedDraft
    year: number
    number: { prefix: string; sequence: number; previousHash: string | null }
    contentHash: string
  },
) {
  const { draft, year, number, contentHash } = facts
  const { net, tax, total, lines: _, taxes: __, finalisedAt: ___, ...document } = invoice
  return {
    ...document,
    billingRunId: draft.billingRunId,
    series: `${number.prefix}-${year}`,
    year,
    sequence: number.sequence,
    currency: net.currency,
    netMinor: net.minor,
    taxMinor: tax.minor,
    totalMinor: total.minor,
    contentHash,
    previousHash: number.previousHash,
  }
}

function lineRowOf({ subject, net, period, ...line }: FinalisedInvoice['lines'][number]) {
  return { ...line, description: subject, netMinor: net.minor, periodStart: period.start, periodEnd: period.end }
}

function taxRowOf({ base, tax, ...line }: FinalisedInvoice['taxes'][number]) {
  return { ...line, baseMinor: base.minor, taxMinor: tax.minor }
}
