import type { TenantContext } from '#app/db/context.server.ts'
import { findTicketFile, type KeptAttachment } from '#app/db/desk/ticket-files.server.ts'

/** A file of a ticket that the scope may see; null otherwise. */
export function ticketFile(ctx: TenantContext, fileId: string): Promise<KeptAttachment | null> {
  return findTicketFile(ctx, fileId)
}
