import { createHmac } from 'node:crypto'
import { appSecret } from '#app/config/env.server.ts'
import { storeAddress } from '#app/config/store-address.server.ts'
import { mailedLinkPath } from '#app/services/people/mailed-link-path.ts'
import { type MailedLink, type OpenMailedLinkInput, openMailedLink } from '#app/services/people/open-mailed-link.server.ts'
import { inTenant, mailBrandOf, mailer, senderOf } from '#app/wiring.server.ts'
import { renderConfirmEmail } from '#emails/confirm-email.tsx'
import { renderConfirmOrder } from '#emails/confirm-order.tsx'
import { renderInviteMail } from '#emails/invite.tsx'
import type { MailProps, RenderedMail } from '#emails/mail-brand.ts'
import { renderResetPasswordMail } from '#emails/reset-password.tsx'
import { mailLanguage } from './mail-language.server.ts'

export type MailedLinkRequest = Omit<OpenMailedLinkInput, 'token'> & { readonly tenantId: string; readonly eventId: string }

/**
 * Opens a link that works once and mails it. Safe to repeat: the token follows from the event and the installation's secret,
 * so a second try makes the same token and the same mail, and no token ever stands in an event, a step or a log.
 */
export async function sendMailedLink(request: MailedLinkRequest): Promise<void> {
  const token = tokenFor(request)
  const { userId, purpose } = request
  const link = await inTenant(request.tenantId, (ctx) => openMailedLink(ctx, { userId, purpose, token }))
  if (!link.ok) return

  const { to, sellerSlug } = link.value
  const language = await mailLanguage(sellerSlug, link.value.language)
  const mail = await compose(link.value, language, token)
  const key = `${purpose}:${request.eventId}`
  await mailer().send({ key, ...(await senderOf(sellerSlug)), to: [to], ...mail, language, attachments: [] })
}

function tokenFor({ tenantId, userId, purpose, eventId }: MailedLinkRequest): string {
  return createHmac('sha256', appSecret()).update(`mailed link/${tenantId}/${userId}/${purpose}/${eventId}`).digest('base64url')
}

async function compose(link: MailedLink, language: MailProps['language'], token: string): Promise<RenderedMail> {
  const { purpose, host, sellerSlug, to, validHours, inviter, organisation, hasOrder } = link
  const url = storeAddress(host, mailedLinkPath(purpose, token))
  const props = { brand: await mailBrandOf(sellerSlug, host), language, recipientName: to.name, url, validHours }
  if (hasOrder && purpose !== 'reset-password') return renderConfirmOrder({ ...props, setsPassword: purpose === 'invite' })
  if (purpose === 'invite') return renderInviteMail({ ...props, inviter, organisation })
  return purpose === 'confirm-email' ? renderConfirmEmail(props) : renderResetPasswordMail(props)
}
