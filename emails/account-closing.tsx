import { formatDateTime } from '#app/i18n/formats.ts'
import { translatorFor } from '#app/i18n/i18n.server.ts'
import type { MailProps, RenderedMail } from './mail-brand.ts'
import { Action, MailFrame, SmallPrint, Words } from './mail-parts.tsx'
import { renderMail } from './render-mail.ts'

export type AccountClosingProps = MailProps & {
  readonly news: 'asked' | 'soon' | 'closed' | 'reopened'
  readonly accountName: string
  readonly graceEndsAt: Date
  readonly locale: string
  readonly timeZone: string
  /** Where the state is shown; nobody can open it once the account is closed. */
  readonly url: string
}

/** Tells how far the end of an account is, and what can still be done about it. */
export function renderAccountClosingMail(props: AccountClosingProps): Promise<RenderedMail> {
  const { brand, language, news, accountName, graceEndsAt, locale, timeZone, url } = props
  const t = translatorFor(language, 'mail')
  const names = { account: accountName, brand: brand.name, until: formatDateTime(graceEndsAt, locale, timeZone) }
  const subject = t(`closing.${news}.subject`, names)
  const text = t(`closing.${news}.text`, names)
  return renderMail(
    subject,
    <MailFrame {...props} subject={subject} preview={text}>
      <Words>{text}</Words>
      {news === 'closed' ? null : <Action brand={brand} language={language} href={url} label={t('closing.action')} />}
      {news === 'asked' ? <SmallPrint brand={brand}>{t('closing.notYou')}</SmallPrint> : null}
    </MailFrame>,
  )
}
