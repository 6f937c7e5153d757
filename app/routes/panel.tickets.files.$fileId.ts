import type { LoaderFunctionArgs } from '@remix-run/node'
import { ticketFile } from '#app/services/tickets/ticket-file.server.ts'
import { ticketFileResponse } from '#app/web/desks/ticket-desk.server.ts'
import { asCustomer } from '#app/web/request/as-customer.server.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'

/** A file of a ticket that the reader may see, as a download. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const fileId = orNotFound(isUuid(params.fileId) ? params.fileId : null)
  return ticketFileResponse(orNotFound(await asCustomer(request, 'ticket:read', (ctx) => ticketFile(ctx, fileId))))
}
