import type { TenantContext } from '#app/db/context.server.ts'
import type { TicketDetail } from './shape.ts'

/** A ticket in the file of an account's data. */
export function ticketData({ publicId, number, subject, state, link, openedAt, messages }: TicketDetail) {
  return {
    id: publicId,
    number,
    subject,
    state,
    about: link && { kind: link.kind, name: link.name },
    opened_at: openedAt,
    messages: messages.map(({ author, authorName, body, at, files }) => ({
      author,
      author_name: authorName,
      body,
      at,
      files: files.map(({ id, name }) => `tickets/${number}/${id}/${name}`),
    })),
  }
}

export type TicketFileRow = { readonly id: string; readonly name: string; readonly number: number }

/** Files of tickets of the scope after `afterId`, in the order of their ids. */
export async function ticketFilesAfter({ db, tenantId }: TenantContext, afterId: string | null, limit: number): Promise<TicketFileRow[]> {
  const rows = await db.ticketFile.findMany({
    where: { tenantId, ...(afterId ? { id: { gt: afterId } } : {}) },
    select: { id: true, name: true, ticket: { select: { number: true } } },
    orderBy: { id: 'asc' },
    take: limit,
  })
  return rows.map(({ id, name, ticket: { number } }) => ({ id, name, number }))
}
