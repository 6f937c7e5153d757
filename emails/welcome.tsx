import { translatorFor } from '#app/i18n/i18n.server.ts'
import type { MailProps, RenderedMail } from './mail-brand.ts'
import { Action, MailFrame, Words } from './mail-parts.tsx'
import { renderMail } from './render-mail.ts'

export type WelcomeProps = MailProps & { readonly panelUrl: string }

/** Greets a new customer and shows the way to the panel. */
export function renderWelcomeMail(props: WelcomeProps): Promise<RenderedMail> {
  const { brand, language, panelUrl } = props
  const t = translatorFor(language, 'mail')
  const names = { brand: brand.name }
  const subject = t('welcome.subject', names)
  return renderMail(
    subject,
    <MailFrame {...props} subject={subject} preview={t('welcome.preview')}>
      <Words>{t('welcome.text', names)}</Words>
      <Action brand={brand} language={language} href={panelUrl} label={t('welcome.action')} />
    </MailFrame>,
  )
}
