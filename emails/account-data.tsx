import { formatDateTime } from '#app/i18n/formats.ts'
import { translatorFor } from '#app/i18n/i18n.server.ts'
import type { MailProps, RenderedMail } from './mail-brand.ts'
import { Action, MailFrame, SmallPrint, Words } from './mail-parts.tsx'
import { renderMail } from './render-mail.ts'

export type AccountDataProps = MailProps & {
  readonly locale: string
  readonly timeZone: string
  readonly expiresAt: Date
  readonly url: string
}

/** Tells the owner who asked that the data of the account can be fetched, and until when. */
export function renderAccountDataMail(props: AccountDataProps): Promise<RenderedMail> {
  const { brand, language, locale, timeZone, expiresAt, url } = props
  const t = translatorFor(language, 'mail')
  const subject = t('accountData.subject')
  const text = t('accountData.text', { until: formatDateTime(expiresAt, locale, timeZone) })
  return renderMail(
    subject,
    <MailFrame {...props} subject={subject} preview={text}>
      <Words>{text}</Words>
      <Action brand={brand} language={language} href={url} label={t('accountData.action')} />
      <SmallPrint brand={brand}>{t('accountData.onlyYou')}</SmallPrint>
    </MailFrame>,
  )
}
