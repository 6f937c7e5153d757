import type { Recipient } from '#app/domain/delivery/recipients.ts'
import type { StatementSpan } from '#app/domain/statement/statement.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'
import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'

export type NewStatementMail = {
  readonly accountId: string
  readonly span: StatementSpan
  readonly recipient: Recipient
  readonly messageKey: string
  readonly requestedBy: string | null
}

/** Notes that a statement is on its way, before anything leaves; the row's id, or undefined when it is noted already. */
export async function openStatementMail(ctx: TenantContext, mail: NewStatementMail): Promise<string | undefined> {
  const { accountId, span, recipient } = mail
  const [row] = await ctx.db.$queryRaw<{ id: string }[]>`
    insert into statement_mails (tenant_id, id, account_id, currency, period_start, period_end, recipient, recipient_name, language,
      message_key, requested_by, created_at)
    values (${ctx.tenantId}::uuid, ${newId()}::uuid, ${accountId}::uuid, ${span.currency}, ${span.start}::date, ${span.end}::date,
      ${recipient.email}, ${recipient.name}, ${recipient.language}, ${mail.messageKey}, ${mail.requestedBy}, ${ctx.now})
    on conflict (tenant_id, message_key) do nothing returning id`
  return row?.id
}

export type StatementMailRow = {
  readonly id: string
  readonly accountId: string
  readonly currency: string
  readonly start: LocalDate
  readonly end: LocalDate
  readonly recipient: string
  readonly recipientName: string
  readonly language: string | null
  readonly messageKey: string
  readonly isAccepted: boolean
}

/** A statement on its way; undefined when there is none. */
export async function readStatementMail(ctx: TenantContext, id: string): Promise<StatementMailRow | undefined> {
  const [row] = await ctx.db.$queryRaw<StatementMailRow[]>`
    select id, account_id as "accountId", currency, period_start::text as start, period_end::text as end, recipient,
      recipient_name as "recipientName", language, message_key as "messageKey", accepted_at is not null as "isAccepted"
    from statement_mails where tenant_id = ${ctx.tenantId}::uuid and id = ${id}::uuid`
  return row
}

/** Notes that the transport took it under `messageId`. */
export async function acceptStatementMail(ctx: TenantContext, id: string, messageId: string): Promise<void> {
  await ctx.db.$executeRaw`
    update statement_mails set message_id = ${messageId}, accepted_at = ${ctx.now}
    where tenant_id = ${ctx.tenantId}::uuid and id = ${id}::uuid and accepted_at is null`
}

/** Accounts of which somebody asked for statements, in order of id after `afterId`: a page of at most `limit`. */
export async function accountsWithStatements(ctx: TenantContext, afterId: string | null, limit: number): Promise<string[]> {
  const rows = await ctx.db.$queryRaw<{ id: string }[]>`
    select distinct r.account_id as id from delivery_recipients r
    where r.tenant_id = ${ctx.tenantId}::uuid and 'statement' = any (r.documents) and (${afterId}::uuid is null or r.account_id > ${afterId}::uuid)
    order by 1 limit ${limit}`
  return rows.map(({ id }) => id)
}
