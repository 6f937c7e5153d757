import type { TicketOrigin, TicketSide } from '#app/domain/tickets/ticket.ts'
import type { TenantContext } from '../context.server.ts'
import { openField } from '../sealing/sealed-fields.server.ts'

export type ToldMessage = {
  readonly id: string
  readonly ticketId: string
  readonly accountId: string
  readonly resourceId: string | null
  readonly customer: string
  readonly number: number
  readonly origin: TicketOrigin
  readonly subject: string
  readonly author: TicketSide | 'system'
  readonly authorName: string
  readonly isInternal: boolean
  readonly body: string
  readonly files: number
}

/** A message as a mail tells of it; null when it is gone. */
export async function findTicketMessage(ctx: TenantContext, id: string): Promise<ToldMessage | null> {
  const [row] = await ctx.db.$queryRaw<ToldMessage[]>`
    select m.id, m.ticket_id as "ticketId", m.account_id as "accountId", m.resource_id as "resourceId", a.name as customer, t.number, t.origin,
      t.subject, m.author, m.author_name as "authorName", m.is_internal as "isInternal", m.body,
      (select count(*)::int from ticket_files f where f.tenant_id = m.tenant_id and f.message_id = m.id) as files
    from ticket_messages m
    join tickets t on t.tenant_id = m.tenant_id and t.id = m.ticket_id
    join accounts a on a.tenant_id = m.tenant_id and a.id = m.account_id
    where m.tenant_id = ${ctx.tenantId}::uuid and m.id = ${id}::uuid`
  if (!row) return null
  const { ticketId, subject, body } = row
  return {
    ...row,
    subject: openField(ctx, 'tickets.subject', ticketId, subject),
    body: openField(ctx, 'ticket_messages.body', id, body),
  }
}

export type TicketReader = { readonly name: string; readonly address: string; readonly language: string }

/**
 * Whom an answer is mailed to: who wrote in the ticket and may still read it, else the owners of the account, else its own address.
 * Needs the office's scope.
 */
export async function readersOfTicket(ctx: TenantContext, ticket: Pick<ToldMessage, 'ticketId' | 'accountId' | 'resourceId'>) {
  const { ticketId, accountId, resourceId } = ticket
  const rows = await ctx.db.$queryRaw<(TicketReader & { wrote: boolean; isOwner: boolean })[]>`
    select u.name, u.email as address, u.language, bool_or(p.is_owner) as "isOwner",
      exists (select from ticket_messages w where w.tenant_id = u.tenant_id and w.ticket_id = ${ticketId}::uuid and w.author = 'customer'
        and w.author_id = u.id::text) as wrote
    from accounts a
    join memberships m on m.tenant_id = a.tenant_id and m.account_id in (a.id, a.parent_account_id)
    join security_profiles p on p.tenant_id = m.tenant_id and p.id = m.security_profile_id
    join users u on u.tenant_id = m.tenant_id and u.id = m.user_id and u.disabled_at is null
    where a.tenant_id = ${ctx.tenantId}::uuid and a.id = ${accountId}::uuid and a.status <> 'closed'
      and (p.is_owner or 'ticket:read' = any (p.permissions))
      and (not m.is_limited or exists (
        select from membership_projects x join project_resources i on i.tenant_id = x.tenant_id and i.project_id = x.project_id
        where x.tenant_id = m.tenant_id and x.membership_id = m.id and i.ends_at is null and i.resource_id = ${resourceId}::uuid))
    group by u.tenant_id, u.id, u.name, u.email, u.language order by u.name, u.email limit 50`
  const people = rows.some(({ wrote }) => wrote) ? rows.filter(({ wrote }) => wrote) : rows.filter(({ isOwner }) => isOwner)
  if (people.length > 0) return people.map(({ name, address, language }): TicketReader => ({ name, address, language }))
  const account = await ctx.db.account.findFirst({
    where: { tenantId: ctx.tenantId, id: accountId, status: { not: 'closed' } },
    select: { name: true, email: true, language: true },
  })
  return account ? [{ name: account.name, address: account.email, language: account.language }] : []
}
