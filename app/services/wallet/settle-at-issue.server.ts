import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { usableGrants } from '#app/db/credit/credit-grants.server.ts'
import { lockOpenCredits, type OpenCredit, spendCredits } from '#app/db/credit/credit-uses.server.ts'
import { insertGrantUses } from '#app/db/credit/grant-uses.server.ts'
import { noteSettled } from '#app/db/documents/invoice-states.server.ts'
import { lockWallets } from '#app/db/payments/wallets.server.ts'
import type { DocumentType } from '#app/domain/invoice/document-type.ts'
import type { FinalisedInvoice } from '#app/domain/invoice/finalised-invoice.ts'
import { type IssueSettlement, settledAtIssue } from '#app/domain/invoice/issue-settlement.ts'
import { postingsOfPrepaidUse } from '#app/domain/ledger/rules.ts'
import { add, type Money, subtract, sum, zero } from '#app/domain/money/money.ts'
import { settledStatus } from '#app/domain/payment/allocation.ts'
import { lesser } from '#app/domain/payment/payment.ts'
import { type Burden, burdenOf, burnDown, type GrantUse, grossOfProducts } from '#app/domain/wallet/burn-down.ts'
import type { CreditGrant } from '#app/domain/wallet/credit-grant.ts'
import { tellSettled } from '../invoices/tell-settled.server.ts'
import { postEntries } from '../ledger/post-entry.server.ts'

/** What will settle a document at once: credit notes first, then balance. Nothing where it stays open whole. */
export type IssuePlan = {
  readonly credits: readonly { readonly creditNoteId: string; readonly amount: Money }[]
  readonly uses: readonly GrantUse[]
  /** The same in the words of the document. */
  readonly settlements: readonly IssueSettlement[]
}

type Issued = Pick<FinalisedInvoice, 'accountId' | 'documentType' | 'issueDate' | 'lines' | 'total'> & {
  /** The products of lines by their ids, for credit that pays single products. */
  readonly productOf?: ReadonlyMap<string, string> | undefined
}

const asking: readonly DocumentType[] = ['invoice', 'debit-note']

/** The plan of a document that stays open whole. */
export const noSettlement: IssuePlan = { credits: [], uses: [], settlements: [] }

/**
 * What settles documents that are about to be issued, in their order: credit left of the buyer's credit notes, the oldest first, then its
 * balance, in the order of use, after tax and never more than is due (B11). Wallets and credit notes are held until the transaction ends. Two
 * or three statements for all of them.
 */
export async function planSettlements(ctx: TenantContext, documents: readonly Issued[]): Promise<IssuePlan[]> {
  const payable = documents.filter(({ documentType, total }) => asking.includes(documentType) && total.minor > 0n)
  if (payable.length === 0) return documents.map(() => noSettlement)
  const pots = new Map<string, Pot>()
  for (const currency of [...new Set(payable.map(({ total }) => total.currency))].sort()) {
    const own = payable.filter(({ total }) => total.currency === currency)
    for (const [key, pot] of await potsOf(ctx, { currency, documents: own })) pots.set(key, pot)
  }
  return documents.map((document) => {
    const pot = pots.get(keyOf(document.accountId, document.total.currency))
    return pot && payable.includes(document) ? take(document, pot) : noSettlement
  })
}

/** What a buyer has to settle with; it gets less with every document. */
type Pot = { credits: OpenCredit[]; grants: CreditGrant[] }

function keyOf(accountId: string, currency: string): string {
  return `${accountId}:${currency}`
}

async function potsOf(
  ctx: TenantContext,
  { currency, documents }: { currency: string; documents: readonly Issued[] },
): Promise<ReadonlyMap<string, Pot>> {
  const accountIds = [...new Set(documents.map(({ accountId }) => accountId))]
  const wallets = await lockWallets(ctx, accountIds, currency)
  const today = documents[0]?.issueDate ?? ''
  const walletIds = wallets.map(({ id }) => id)
  const grants = walletIds.length > 0 ? await usableGrants(ctx, walletIds, today) : []
  const credits = await lockOpenCredits(ctx, accountIds, currency)
  const pots = new Map<string, Pot>()
  const potOf = (accountId: string) => {
    const key = keyOf(accountId, currency)
    const pot = pots.get(key) ?? { credits: [], grants: [] }
    pots.set(key, pot)
    return pot
  }
  for (const grant of grants) potOf(grant.accountId).grants.push(grant)
  for (const credit of credits) potOf(credit.accountId).credits.push(credit)
  return pots
}

function take(document: Issued, pot: Pot): IssuePlan {
  const { total } = document
  const credits: { credit: OpenCredit; amount: Money }[] = []
  let credited = zero(total.currency)
  for (const credit of pot.credits) {
    const amount = lesser(subtract(total, credited), credit.left)
    if (amount.minor <= 0n) continue
    credits.push({ credit, amount })
    credited = add(credited, amount)
  }
  const burden = burdenOf({ ...document, credited })
  const uses = burnDown({ ...burden, ...productsOf(document, pot.grants) }, pot.grants)
  const kinds = new Map(pot.grants.map(({ id, kind }) => [id, kind]))
  pot.credits = pot.credits.map((credit) => lowered(credit, credits.find(({ credit: { id } }) => id === credit.id)?.amount))
  pot.grants = pot.grants.map((grant) => spent(grant, uses.find(({ grantId }) => grantId === grant.id)?.amount))
  return {
    credits: credits.map(({ credit, amount }) => ({ creditNoteId: credit.id, amount })),
    uses,
    settlements: [
      ...credits.map(({ credit, amount }) => ({ kind: 'credit-note' as const, number: credit.number, amount })),
      ...uses.map(({ grantId, amount }) => ({ kind: 'balance' as const, source: kinds.get(grantId) ?? 'top-up', amount })),
    ],
  }
}

/** What single products come to, where a grant asks for it. */
function productsOf({ lines, total: { currency }, productOf }: Issued, grants: readonly CreditGrant[]): Pick<Burden, 'ofProducts'> {
  if (!productOf || !grants.some(({ scope }) => scope === 'products')) return {}
  return { ofProducts: grossOfProducts(lines, { productOf, currency }) }
}

function lowered(credit: OpenCredit, amount: Money | undefined): OpenCredit {
  return amount ? { ...credit, left: subtract(credit.left, amount) } : credit
}

function spent(grant: CreditGrant, amount: Money | undefined): CreditGrant {
  return amount ? { ...grant, remaining: subtract(grant.remaining, amount) } : grant
}

export type PlannedDocument = { readonly document: FinalisedInvoice; readonly plan: IssuePlan }

/** Does what was planned, once the documents are there: uses, what is left of credit notes and grants, states and the books. */
export async function settleAtIssue(ctx: TenantContext, planned: readonly PlannedDocument[]): Promise<void> {
  const settled = planned.filter(({ plan }) => plan.settlements.length > 0)
  if (settled.length === 0) return
  await spendCredits(
    ctx,
    settled.flatMap(({ document: { id: invoiceId, accountId }, plan }) => plan.credits.map((use) => ({ ...use, invoiceId, accountId }))),
  )
  await insertGrantUses(
    ctx,
    settled.flatMap(({ document: { id: invoiceId, accountId }, plan }) => plan.uses.map((use) => ({ ...use, invoiceId, accountId }))),
  )
  await noteSettled(
    ctx,
    settled.map(({ document }) => {
      const paid = settledAtIssue(document)
      return { invoiceId: document.id, minor: paid.minor, status: settledStatus({ total: document.total, paid, isGivenUp: false }) }
    }),
  )
  await book(ctx, settled)
  await tellSettled(ctx, ...settled.map(({ document: { id: invoiceId, accountId } }) => ({ invoiceId, accountId })))
}

async function book(ctx: TenantContext, settled: readonly PlannedDocument[]): Promise<void> {
  const used = settled.filter(({ plan }) => plan.uses.length > 0)
  await postEntries(
    ctx,
    used.map(({ document: { id, accountId, total }, plan }) => ({
      sourceKey: `prepaid-use:${id}`,
      kind: 'prepaid-use' as const,
      accountId,
      invoiceId: id,
      postings: postingsOfPrepaidUse({
        accountId,
        amount: sum(
          total.currency,
          plan.uses.map(({ amount }) => amount),
        ),
      }),
    })),
  )
  await audit(
    ctx,
    ...settled.map(({ document: { id, number }, plan }) => ({
      action: 'invoice.settled-at-issue',
      subjectKind: 'invoice',
      subjectId: id,
      detail: {
        number,
        credits: plan.credits.map(({ creditNoteId, amount }) => ({ creditNoteId, amountMinor: amount.minor.toString() })),
        grants: plan.uses.map(({ grantId, amount }) => ({ grantId, amountMinor: amount.minor.toString() })),
      },
    })),
  )
}
