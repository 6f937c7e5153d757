import { translatorFor } from '#app/i18n/i18n.server.ts'
import type { MailProps, RenderedMail } from './mail-brand.ts'
import { Action, MailFrame, SmallPrint, Words } from './mail-parts.tsx'
import { renderMail } from './render-mail.ts'

export type InviteProps = MailProps & {
  readonly url: string
  readonly validHours: number
  readonly inviter: string
  /** The account or the seller's own house that gives the access. */
  readonly organisation: string
}

/** Gives a person access to an account or an office; the link works once. */
export function renderInviteMail(props: InviteProps): Promise<RenderedMail> {
  const { brand, language, url, validHours, inviter, organisation } = props
  const t = translatorFor(language, 'mail')
  const names = { brand: brand.name, inviter, organisation }
  const subject = t('invite.subject', names)
  return renderMail(
    subject,
    <MailFrame {...props} subject={subject} preview={t('invite.preview', names)}>
      <Words>{t('invite.text', names)}</Words>
      <Action brand={brand} language={language} href={url} label={t('invite.action')} />
      <SmallPrint brand={brand}>{t('validHours', { count: validHours })}</SmallPrint>
    </MailFrame>,
  )
}
