import type { TenantContext } from '#app/db/context.server.ts'
import { accountsWithStatements, openStatementMail } from '#app/db/documents/statement-mails.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import { plainAddress } from '#app/domain/delivery/recipients.ts'
import { actorName } from '#app/domain/shared/actor.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import type { StatementSpan } from '#app/domain/statement/statement.ts'
import { usualPeriods } from '#app/domain/statement/statement-span.ts'
import { addDays, localDateOf } from '#app/domain/time/local-date.ts'
import { sellerOf } from '../billing/draft-contracts.server.ts'
import { recipientsFor } from '../invoices/deliver-open.server.ts'
import { openStatement } from './open-statement.server.ts'

export type OpenStatementMailsInput = {
  readonly accountId: string
  readonly span: StatementSpan
  /** Null: by the month's own job. */
  readonly isAskedFor: boolean
}

/**
 * Lets a statement leave by mail to those who asked for statements, else to the account's own address. A repeat on the same day, of a month's
 * own job ever, sends nothing again. Returns how many mails leave.
 */
export async function openStatementMails(ctx: TenantContext, input: OpenStatementMailsInput): Promise<Result<number, 'account-not-found'>> {
  const { accountId, span, isAskedFor } = input
  const desk = await openStatement(ctx, accountId)
  if (!desk) return err('account-not-found')
  const { buyer, seller } = desk.parties
  const own = { name: buyer.name, email: plainAddress(buyer.email), language: null }
  const occasion = isAskedFor ? localDateOf(ctx.now, seller.timeZone) : 'monthly'
  const about = [accountId, span.currency, span.start, span.end, occasion].join(':')

  let opened = 0
  for (const recipient of await recipientsFor(ctx, { accountId, document: 'statement', own })) {
    const messageKey = `statement:${about}:${recipient.email}`
    const requestedBy = isAskedFor ? actorName(ctx.actor) : null
    const statementMailId = await openStatementMail(ctx, { accountId, span, recipient, messageKey, requestedBy })
    if (!statementMailId) continue
    opened += 1
    await enqueue(ctx, { name: 'statement/mail.opened', data: { tenantId: ctx.tenantId, statementMailId } })
  }
  return ok(opened)
}

const pageSize = 200

/** Statements of the month before, for the next accounts after `afterId` of which somebody asked for them. Null when none are left. */
export async function openMonthlyStatements(ctx: TenantContext, afterId: string | null): Promise<string | null> {
  const { timeZone } = await sellerOf(ctx)
  const lastMonth = usualPeriods(localDateOf(ctx.now, timeZone)).find(({ key }) => key === 'lastMonth')
  invariant(lastMonth, 'openMonthlyStatements: every day has a month before')
  const accountIds = await accountsWithStatements(ctx, afterId, pageSize)
  for (const accountId of accountIds) {
    const desk = await openStatement(ctx, accountId)
    for (const currency of desk?.currencies ?? [])
      await openStatementMails(ctx, {
        accountId,
        span: { currency, start: lastMonth.from, end: addDays(lastMonth.to, 1) },
        isAskedFor: false,
      })
  }
  return accountIds.length < pageSize ? null : (accountIds.at(-1) ?? null)
}
