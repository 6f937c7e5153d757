import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { readDocumentDraft } from '#app/db/documents/document-drafts.server.ts'
import { endRunOut } from '#app/db/dunning/dunning-agreements.server.ts'
import { openCase } from '#app/db/dunning/dunning-cases.server.ts'
import { actionsOfCase, insertLetter, noteFeeDocument } from '#app/db/dunning/dunning-letters.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import { readPaymentSettings } from '#app/db/payments/payment-settings.server.ts'
import { lockAccount } from '#app/db/people/account-holds.server.ts'
import { ownTenant } from '#app/db/sellers/tenants.server.ts'
import type { DunningDeed } from '#app/domain/dunning/due-today.ts'
import { type DunningAction, holdOf, strengthOf } from '#app/domain/dunning/policy.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { type Money, toDecimal } from '#app/domain/money/money.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { placeHold } from '../holds/place-hold.server.ts'
import { issueDraft } from '../invoices/issue-draft.server.ts'
import { saveDraft } from '../invoices/save-draft.server.ts'
import { startDebitNote } from '../invoices/start-draft.server.ts'
import { type OverdueAccount, readDue, sellerToday } from './read-due.server.ts'

/** What a debit note of dunning says, in the buyer's language. */
export type DunningWords = { readonly fee: string; readonly interest: string; readonly reason: string }

export type DunAccountInput = {
  readonly accountId: string
  /** The words of the seller `slug` in its buyer's language. */
  wordsIn(slug: string, language: string): DunningWords | Promise<DunningWords>
}

/**
 * Does what today does about an account: notes each step, asks for fee and interest by a debit note on the oldest invoice, holds the account
 * back and has the letter mailed. Nothing happens twice, however often it runs. Returns how many letters were written, one per currency.
 */
export async function dunAccount(ctx: TenantContext, { accountId, wordsIn }: DunAccountInput): Promise<number> {
  if (!(await lockAccount(ctx, accountId))) return 0
  const today = await sellerToday(ctx)
  for (const kind of await endRunOut(ctx, accountId, today)) {
    const action = kind === 'promise' ? 'dunning.promise-broken' : 'dunning.pause-ended'
    await audit(ctx, { action, subjectKind: 'account', subjectId: accountId })
  }
  let written = 0
  for (const account of await readDue(ctx, [accountId])) {
    if (!account.deed) continue
    await takeStep(ctx, { account, deed: account.deed, wordsIn })
    written += 1
  }
  return written
}

type Step = Pick<DunAccountInput, 'wordsIn'> & { readonly account: OverdueAccount; readonly deed: DunningDeed }

async function takeStep(ctx: TenantContext, { account, deed, wordsIn }: Step): Promise<void> {
  const { accountId, currency, policy } = account
  invariant(policy, `account ${accountId} takes a step without a policy`)
  const today = await sellerToday(ctx)
  const caseId = account.caseId ?? (await openCase(ctx, { accountId, currency, policyId: policy.id, today }))
  const letterId = await insertLetter(ctx, { caseId, accountId, today, deed })
  const hold = holdOf(strongest([...(await actionsOfCase(ctx, caseId)), deed.step.action]))
  if (hold) await placeHold(ctx, { accountId, source: 'dunning', effect: hold, reason: 'overdue', key: `dunning:${currency}` })
  if (deed.fee.minor + deed.interest.minor > 0n) await noteFeeDocument(ctx, letterId, await chargeFor(ctx, { account, deed, wordsIn }))
  await enqueue(ctx, { name: 'dunning/letter.written', data: { tenantId: ctx.tenantId, letterId }, key: `dunning-letter:${letterId}` })
  await audit(ctx, {
    action: `dunning.${deed.step.action}`,
    subjectKind: 'account',
    subjectId: accountId,
    detail: {
      letterId,
      day: deed.step.day,
      currency,
      totalMinor: deed.total.minor.toString(),
      invoices: deed.taken.map(({ number }) => number),
    },
  })
}

function strongest(actions: readonly DunningAction[]): DunningAction {
  return actions.reduce((one, other) => (strengthOf(other) > strengthOf(one) ? other : one))
}

/** A debit note on the oldest invoice that took a step. Returns its id; throws when it cannot be issued, which leaves nothing of the step. */
async function chargeFor(ctx: TenantContext, { account: { accountId }, deed, wordsIn }: Step): Promise<string> {
  const { language } = await ctx.db.account.findUniqueOrThrow({
    where: { tenantId_id: { tenantId: ctx.tenantId, id: accountId } },
    select: { language: true },
  })
  const seller = await ownTenant(ctx)
  invariant(seller, `tenant ${ctx.tenantId} is not there`)
  const words = await wordsIn(seller.slug, language)
  const oldest = deed.taken[0]
  invariant(oldest, 'a letter has an invoice')
  const started = await startDebitNote(ctx, { invoiceId: oldest.id })
  invariant(started.ok, `a debit note on ${oldest.id} cannot be begun`)
  const { draftId } = started.value
  const draft = await readDocumentDraft(ctx, draftId)
  invariant(draft, `draft ${draftId} is not there`)
  const { taxesDunningFees } = await readPaymentSettings(ctx)
  const fee = lineOf(words.fee, deed.fee)
  const lines = [taxesDunningFees ? fee : untaxed(fee), untaxed(lineOf(words.interest, deed.interest))].filter((line) =>
    line.unitPrice.gt(0),
  )
  const content = { lines, buyer: draft.content.buyer, reason: words.reason }
  const saved = await saveDraft(ctx, { draftId, version: draft.version, content })
  invariant(saved.ok, `draft ${draftId} cannot be written`)
  const issued = await issueDraft(ctx, { draftId, version: draft.version + 1 })
  if (!issued.ok) throw new Error(`the debit note on ${oldest.id} is refused: ${issued.error}`)
  return issued.value.invoiceId
}

function lineOf(text: string, amount: Money) {
  return { kind: 'typed' as const, text, product: null, quantity: new Decimal(1), unitPrice: toDecimal(amount) }
}

/** Interest and damages for late payment are no price of a supply. */
function untaxed(line: ReturnType<typeof lineOf>) {
  return { ...line, isNoSupply: true as const }
}
