import { createHmac } from 'node:crypto'
import { appSecret } from '#app/config/env.server.ts'
import { storeAddress } from '#app/config/store-address.server.ts'
import type { InvitationMail, InvitationPorts } from '#app/services/access/mail-invitation.server.ts'
import { mailBrandOf, mailer, senderOf } from '#app/wiring.server.ts'
import { renderInviteMail } from '#emails/invite.tsx'
import { mailLanguage } from './mail-language.server.ts'

/**
 * What mailing an invitation needs of the outside. The token follows from the event and the installation's secret, so that a second try
 * makes the same mail, and no token ever stands in an event, a step or a log.
 */
export function invitationPorts({ tenantId, eventId }: { readonly tenantId: string; readonly eventId: string }): InvitationPorts {
  const token = createHmac('sha256', appSecret()).update(`member invitation/${tenantId}/${eventId}`).digest('base64url')
  return { mailer: mailer(), token, key: `member-invitation:${eventId}`, compose }
}

async function compose({ to, language: wanted, token, seller: { slug, host }, inviter, organisation, validHours }: InvitationMail) {
  const language = await mailLanguage(slug, wanted)
  const url = storeAddress(host, `/join?token=${encodeURIComponent(token)}`)
  const props = { brand: await mailBrandOf(slug, host), language, recipientName: to.name, url, validHours, inviter, organisation }
  return { ...(await senderOf(slug)), to: [to], ...(await renderInviteMail(props)), language, attachments: [] }
}
