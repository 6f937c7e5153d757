import { translatorFor } from '#app/i18n/i18n.server.ts'
import type { MailProps, RenderedMail } from './mail-brand.ts'
import { Action, MailFrame, SmallPrint, Words } from './mail-parts.tsx'
import { renderMail } from './render-mail.ts'

export type ResetPasswordProps = MailProps & { readonly url: string; readonly validHours: number }

/** Leads to a new password; the link works once. */
export function renderResetPasswordMail(props: ResetPasswordProps): Promise<RenderedMail> {
  const { brand, language, url, validHours } = props
  const t = translatorFor(language, 'mail')
  const names = { brand: brand.name }
  const subject = t('resetPassword.subject')
  return renderMail(
    subject,
    <MailFrame {...props} subject={subject} preview={t('resetPassword.preview', names)}>
      <Words>{t('resetPassword.text', names)}</Words>
      <Action brand={brand} language={language} href={url} label={t('resetPassword.action')} />
      <SmallPrint brand={brand}>{t('validHours', { count: validHours })}</SmallPrint>
      <SmallPrint brand={brand}>{t('ignore')}</SmallPrint>
    </MailFrame>,
  )
}
