import type { TenantContext } from '#app/db/context.server.ts'
import { contractsById, lockContracts } from '#app/db/documents/billing-facts.server.ts'
import { readBillingRunRow } from '#app/db/documents/billing-runs.server.ts'
import { invoicesOfPeriods } from '#app/db/documents/invoices.server.ts'
import { markInvoiced } from '#app/db/documents/mark-invoiced.server.ts'
import { closeDrafts, type LockedDraft, lockDrafts, setDraftAside } from '#app/db/documents/run-drafts.server.ts'
import { newId } from '#app/db/ids.server.ts'
import type { TenantRow } from '#app/db/sellers/tenants.server.ts'
import type { InvoiceDraft } from '#app/domain/invoice/build-invoice.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { localDateOf } from '#app/domain/time/local-date.ts'
import { sellerOf } from '../billing/draft-contracts.server.ts'
import { type BillingDraft, draftInvoice } from '../billing/draft-invoice.server.ts'
import { gatherDiscounts } from '../billing/gather-discounts.server.ts'
import { contractsOf, holdFacts } from '../billing/gather-facts.server.ts'
import { inTurns } from '../billing/in-turns.ts'
import { parkDraft } from '../billing/park-draft.server.ts'
import { withContractsPaidFor } from '../billing/payer-desk.server.ts'
import { postInvoices } from '../ledger/post-invoice.server.ts'
import { settlePayables } from '../settlement/settlement-lines.server.ts'
import { type IssuedLines, issue, productsOfLines } from './issue-invoice.ts'
import { layDocuments, numberDocuments } from './place-document.server.ts'
import { projectsOfLines } from './projects-of-lines.server.ts'
import { settleDiscounts } from './settle-discounts.server.ts'

type DraftedInvoice = Extract<BillingDraft, { state: 'drafted' }>
type Built = { readonly draft: LockedDraft; readonly wasApproved: boolean; readonly built: BillingDraft }
type Numbering = { readonly draft: LockedDraft; readonly drafted: DraftedInvoice; readonly lines: IssuedLines }

/**
 * Turns drafts of one run into numbered documents: charges, numbers, hashes, ledger entries and events together, or nothing of it. Each
 * invoice is built anew from the charges held here, by the function that made the preview. What cannot be billed is parked, what has
 * nothing to bill is set aside, what is finalised stays: safe to repeat. Returns how many invoices were made.
 */
export async function finaliseDrafts(ctx: TenantContext, draftIds: readonly string[]): Promise<number> {
  const locked = await lockDrafts(ctx, draftIds)
  const drafts = locked.filter(({ state }) => state === 'drafted')
  if (drafts.length === 0) return 0
  const seller = await sellerOf(ctx)
  const { numbered, others } = sorted(await buildAgain(ctx, seller, drafts))
  for (const other of others) await setAside(ctx, other)
  await finalise(ctx, seller, numbered)
  return numbered.length
}

async function buildAgain(ctx: TenantContext, seller: TenantRow, drafts: readonly LockedDraft[]): Promise<Built[]> {
  const contractIds = drafts.map(({ contractId }) => contractId)
  const [issued] = await invoicesOfPeriods(ctx, drafts)
  invariant(!issued, `contract ${issued?.contractId} has invoice ${issued?.id} for this period from another run`)

  await lockContracts(ctx, await withContractsPaidFor(ctx, contractIds))
  const contracts = new Map((await contractsById(ctx, contractIds)).map((contract) => [contract.id, contract]))
  const due = drafts.map(({ contractId, periodStart, periodEnd }) => {
    const contract = contracts.get(contractId)
    invariant(contract, `contract ${contractId} is not there`)
    return { contract, period: { start: periodStart, end: periodEnd } }
  })
  const facts = await holdFacts(ctx, { seller, due })
  const reductions = await gatherDiscounts(ctx, contractsOf(facts))
  const approved = await approvedRuns(ctx, drafts)
  const today = localDateOf(ctx.now, seller.timeZone)
  return inTurns(drafts, (draft, place) => {
    const own = facts[place]
    invariant(own?.contract.id === draft.contractId, `draft ${draft.id} has no facts`)
    const built = draftInvoice({ facts: own, reductions, today })
    return { draft, built, wasApproved: approved.has(draft.billingRunId) }
  })
}

/** Ids of the runs among those of `drafts` that a person let go on. */
async function approvedRuns(ctx: TenantContext, drafts: readonly LockedDraft[]): Promise<ReadonlySet<string>> {
  const approved = new Set<string>()
  for (const id of new Set(drafts.map(({ billingRunId }) => billingRunId))) {
    const run = await readBillingRunRow(ctx, id)
    if (run?.approvedAt) approved.add(id)
  }
  return approved
}

/** What gets a number, and what does not: what was approved is what is invoiced, to the cent. */
function sorted(all: readonly Built[]): { numbered: Numbering[]; others: Built[] } {
  const numbered: Numbering[] = []
  const others: Built[] = []
  for (const each of all) {
    const { draft, built, wasApproved } = each
    if (built.state !== 'drafted' || (wasApproved && built.invoice.total.minor !== draft.totalMinor)) others.push(each)
    else numbered.push({ draft, drafted: built, lines: withIds(built.invoice) })
  }
  return { numbered, others }
}

async function setAside(ctx: TenantContext, { draft, built }: Built): Promise<void> {
  if (built.state === 'empty') await setDraftAside(ctx, draft.id, 'empty', null)
  else await parkDraft(ctx, { draftId: draft.id, problem: built.state === 'parked' ? built.problem : 'changed-since-approval' })
}

/** What can be written before the numbers are taken is: they make every other transaction of the seller wait. */
async function finalise(ctx: TenantContext, seller: TenantRow, numbering: readonly Numbering[]): Promise<void> {
  if (numbering.length === 0) return
  const projects = await projectsOfLines(ctx, numbering)
  const issued = await inTurns(numbering, ({ draft, drafted, lines }) => ({
    document: issue({ seller, drafted, lines, projects, now: ctx.now }),
    productOf: productsOfLines(lines),
    numberPrefix: seller.numberPrefix,
    billingRunId: draft.billingRunId,
    refersToId: null,
  }))
  const laid = await layDocuments(ctx, issued)
  const taking = numbering.map((each, place) => {
    const invoiceId = laid[place]?.document.id
    invariant(invoiceId, `draft ${each.draft.id} has no document`)
    return { ...each, invoiceId }
  })
  await settleCharges(ctx, taking)
  for (const { drafted, invoiceId } of taking) await settleDiscounts(ctx, drafted.invoice, invoiceId)
  for (const { draft, lines, invoiceId } of taking)
    await settlePayables(ctx, { contractId: draft.contractId, until: draft.periodEnd, invoiceId, lines })

  const documents = new Map((await numberDocuments(ctx, laid)).map((document) => [document.id, document]))
  await postInvoices(
    ctx,
    taking.map(({ drafted, lines, invoiceId }) => {
      const document = documents.get(invoiceId)
      invariant(document, `document ${invoiceId} has no number`)
      const { accountId, issueDate } = document
      return { invoiceId, accountId, issueDate, draft: drafted.invoice, lineIds: lines.map((line) => line.id) }
    }),
  )
  await closeDrafts(
    ctx,
    taking.map(({ draft, drafted: { invoice }, invoiceId }) => {
      return { id: draft.id, invoiceId, netMinor: invoice.net.minor, taxMinor: invoice.tax.minor, totalMinor: invoice.total.minor }
    }),
  )
}

function withIds(invoice: InvoiceDraft): IssuedLines {
  return invoice.lines.map((line) => ({ ...line, id: newId() }))
}

/** Ties every open charge of the contracts to their invoices: those without a line of their own are settled by them silently. */
async function settleCharges(ctx: TenantContext, settled: readonly (Numbering & { readonly invoiceId: string })[]): Promise<void> {
  const taken = settled.map(({ drafted, lines, invoiceId }) => {
    const silent = drafted.invoice.silentKeys.map((key) => ({ key, lineId: null }))
    return { reach: drafted.reach, invoiceId, groups: [...lines.map(({ key, id }) => ({ key, lineId: id })), ...silent] }
  })
  const marked = await markInvoiced(ctx, taken)
  const built = settled.reduce((count, { drafted }) => count + drafted.charges, 0)
  invariant(marked === built, `${settled.length} invoices were built from ${built} charges and took ${marked}`)
}
