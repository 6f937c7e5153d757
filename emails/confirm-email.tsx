import { translatorFor } from '#app/i18n/i18n.server.ts'
import type { MailProps, RenderedMail } from './mail-brand.ts'
import { Action, MailFrame, SmallPrint, Words } from './mail-parts.tsx'
import { renderMail } from './render-mail.ts'

export type ConfirmEmailProps = MailProps & { readonly url: string; readonly validHours: number }

/** Asks a new user to confirm the address; the link works once. */
export function renderConfirmEmail(props: ConfirmEmailProps): Promise<RenderedMail> {
  const { brand, language, url, validHours } = props
  const t = translatorFor(language, 'mail')
  const names = { brand: brand.name }
  const subject = t('confirmEmail.subject')
  return renderMail(
    subject,
    <MailFrame {...props} subject={subject} preview={t('confirmEmail.preview', names)}>
      <Words>{t('confirmEmail.text', names)}</Words>
      <Action brand={brand} language={language} href={url} label={t('confirmEmail.action')} />
      <SmallPrint brand={brand}>{t('validHours', { count: validHours })}</SmallPrint>
      <SmallPrint brand={brand}>{t('ignore')}</SmallPrint>
    </MailFrame>,
  )
}
