import { type DeliverAgainError, deliverAgain } from '#app/services/invoices/deliver-again.server.ts'
import { asStaff } from '../request/as-staff.server.ts'
import { redirectWithToast } from '../request/redirects.server.ts'

export type SendAgainInput = {
  readonly invoiceId: string
  readonly email: string
  /** The page to come back to. */
  readonly path: string
}

/** Sends a document once more and comes back. @throws the redirect; returns why it could not. */
export async function sendAgain(request: Request, { path, ...input }: SendAgainInput): Promise<DeliverAgainError> {
  const sent = await asStaff(request, 'invoice:send', (ctx) => deliverAgain(ctx, input))
  if (sent.ok) throw await redirectWithToast(request, path, 'mail.sent')
  return sent.error
}
