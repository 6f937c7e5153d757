import type { TenantContext } from '#app/db/context.server.ts'
import { readOverdue } from '#app/db/dunning/dunning-cases.server.ts'
import { findLetter } from '#app/db/dunning/dunning-letters.server.ts'
import { readAttempt } from '#app/db/payments/payment-attempts.server.ts'
import { hashOfToken } from '#app/db/people/one-time-tokens.server.ts'
import { type Money, money, sum } from '#app/domain/money/money.ts'
import { isFinished } from '#app/domain/payment-attempt/attempt-state.ts'
import { localDateOf } from '#app/domain/time/local-date.ts'

export type OwedDocument = { readonly id: string; readonly number: string; readonly dueOn: string; readonly open: Money }

/** What the link of a letter shows: the overdue documents of that account in that currency, and nothing else of it. */
export type LinkedLetter = {
  /** `paid`: nothing is overdue any more, so that the link has done its work. */
  readonly state: 'open' | 'paid' | 'expired'
  readonly accountId: string
  readonly documents: readonly OwedDocument[]
  readonly total: Money
}

/** What the letter with this secret in its link is about; undefined when the tenant sent no such link. */
export async function readLinkedLetter(ctx: TenantContext, token: string): Promise<LinkedLetter | undefined> {
  const letter = await findLetter(ctx, { tokenHash: hashOfToken(token) })
  if (!letter?.tokenExpiresAt) return undefined
  const { accountId } = letter
  const { currency } = letter.fee
  const isExpired = letter.tokenExpiresAt <= ctx.now
  const documents = letter.isClosed || isExpired ? [] : await documentsOf(ctx, { accountId, currency })
  const total = sum(
    currency,
    documents.map(({ open }) => open),
  )
  return { accountId, documents, total, state: isExpired ? 'expired' : documents.length === 0 ? 'paid' : 'open' }
}

async function documentsOf(ctx: TenantContext, of: { accountId: string; currency: string }): Promise<OwedDocument[]> {
  const { timeZone } = await ctx.db.tenant.findUniqueOrThrow({ where: { tenantId: ctx.tenantId }, select: { timeZone: true } })
  const rows = await readOverdue(ctx, { today: localDateOf(ctx.now, timeZone), accountIds: [of.accountId] })
  const invoices = rows.find(({ currency }) => currency === of.currency)?.invoices ?? []
  return invoices.map(({ id, number, dueOn, openMinor }) => ({ id, number, dueOn, open: money(BigInt(openMinor), of.currency) }))
}

/** What became of a try to pay, as its payer is told; null once it is paid, or when it is not the account's own. */
export type LinkedOutcome = { readonly state: 'failed' | 'ended' | 'waiting'; readonly failureCode: string | null }

/** What became of the try that the holder of a letter's link comes back from. */
export async function outcomeFor(ctx: TenantContext, accountId: string, attemptId: string): Promise<LinkedOutcome | null> {
  const attempt = await readAttempt(ctx, attemptId)
  if (!attempt || attempt.accountId !== accountId || attempt.state === 'captured') return null
  const { state, failureCode } = attempt
  return { state: state === 'failed' ? 'failed' : isFinished(state) ? 'ended' : 'waiting', failureCode }
}
