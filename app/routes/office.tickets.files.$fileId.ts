import type { LoaderFunctionArgs } from '@remix-run/node'
import { ticketFile } from '#app/services/tickets/ticket-file.server.ts'
import { ticketFileResponse } from '#app/web/desks/ticket-desk.server.ts'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'

/** A file of a ticket of the house, as a download. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const fileId = orNotFound(isUuid(params.fileId) ? params.fileId : null)
  return ticketFileResponse(orNotFound(await asStaff(request, 'ticket:read', (ctx) => ticketFile(ctx, fileId))))
}
