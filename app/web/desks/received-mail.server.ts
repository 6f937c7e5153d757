import { environment } from '#app/config/env.server.ts'
import { ticketOfReplyToken } from '#app/config/ticket-reply.server.ts'
import { replyTokenIn } from '#app/domain/tickets/mailed.ts'
import { takeInMail } from '#app/services/tickets/take-in-mail.server.ts'
import { brandPorts, mailReader } from '#app/wiring.server.ts'
import { bodyWithin } from '../request/body-within.server.ts'
import { orNotFound, refuse } from '../request/refuse.server.ts'
import { tenantOf } from '../request/tenant-of.server.ts'
import { isBearer } from './returned-mail.server.ts'

/** Five files of 5 MB as mail carries them, and the rest of the message. */
const largestMessage = 40_000_000

/**
 * Takes in mail to the seller of the host. The door is closed, with 404, until its secret is set. Returns what became of the mail; `unreadable` for
 * what is none. @throws 403 for a caller who does not know the secret, 413 for a message of unlikely size.
 */
export async function takeInHere(request: Request) {
  const secret = orNotFound(environment().MAIL_INBOX_SECRET)
  if (!isBearer(request, secret)) throw refuse(403, 'no-permission')
  const { tenantId } = await tenantOf(request)
  const mail = await mailReader.read(await bodyWithin(request, largestMessage))
  if (!mail) return 'unreadable'
  const token = replyTokenIn(mail.to)
  const number = token ? ticketOfReplyToken(tenantId, token) : null
  return takeInMail({ tenantId, ports: brandPorts() }, { mail, number })
}
