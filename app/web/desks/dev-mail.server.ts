import { environment } from '#app/config/env.server.ts'
import { keptMail, keptMails } from '#app/wiring.server.ts'
import { brandOf } from '../branding/brand.server.ts'
import { orNotFound, refuse } from '../request/refuse.server.ts'
import { tenantOf } from '../request/tenant-of.server.ts'

/**
 * The mails this store has sent, newest first: the inbox of development and demo. Another store's mails are not in it.
 * @throws 404 in production and where mail leaves for real: there is no such page then.
 */
export async function devMails(request: Request) {
  const sender = await senderHere(request)
  const mails = await keptMails()
  return mails.filter((mail) => mail.fromAddress === sender)
}

/** One of these mails. @throws 404 for any other. */
export async function devMail(request: Request, id: string | undefined) {
  const sender = await senderHere(request)
  const mail = orNotFound(await keptMail(id ?? ''))
  return orNotFound(mail.fromAddress === sender ? mail : null)
}

async function senderHere(request: Request): Promise<string> {
  const { LIVERY_DEMO, MAIL_TRANSPORT, NODE_ENV } = environment()
  if (MAIL_TRANSPORT !== 'outbox' || (NODE_ENV === 'production' && LIVERY_DEMO !== '1')) throw refuse(404, 'not-found')
  return brandOf(await tenantOf(request)).pack.mail.fromAddress
}
