import type { Money } from '#app/domain/money/money.ts'
import { formatLocalDate, formatMoney } from '#app/i18n/formats.ts'
import { translatorFor } from '#app/i18n/i18n.server.ts'
import { localeOf } from '#app/i18n/languages.ts'
import type { MailProps, RenderedMail } from './mail-brand.ts'
import { Action, Facts, MailFrame, Words } from './mail-parts.tsx'
import { renderMail } from './render-mail.ts'

export type PayerNewsProps = MailProps & {
  /** The seller's country, which amounts and dates are written for. */
  readonly country: string
  readonly news:
    | { readonly kind: 'failed' | 'confirm'; readonly amount: Money; readonly what: string; readonly code: string | null }
    | { readonly kind: 'expiry'; readonly method: string; readonly expiresOn: string }
    | { readonly kind: 'renewed' | 'withdrawn'; readonly method: string; readonly expiresOn: string | null }
  readonly url: string
}

/** Tells a customer that a payment failed and why, that its bank wants it, or that a way to pay ends or changed; with the link that mends it. */
export function renderPayerNewsMail(props: PayerNewsProps): Promise<RenderedMail> {
  const { brand, language, news, url } = props
  const locale = localeOf(language, props.country)
  const t = translatorFor(language, 'mail')
  const reasons = translatorFor(language, 'pay')
  const { kind } = news
  const until = 'expiresOn' in news && news.expiresOn ? formatLocalDate(news.expiresOn, locale, 'long') : ''
  const names = 'method' in news ? { method: news.method, date: until } : { amount: formatMoney(news.amount, locale) }
  const subject = t(`payerNews.${kind}.subject`, names)
  const facts =
    'method' in news
      ? [
          { label: t('payerNews.method'), value: news.method },
          ...(until ? [{ label: t('payerNews.until'), value: until, isStrong: true }] : []),
        ]
      : [
          ...(news.what ? [{ label: t('payerNews.what'), value: news.what }] : []),
          { label: t('payerNews.amount'), value: formatMoney(news.amount, locale), isStrong: true },
          ...(news.code ? [{ label: t('payerNews.reason'), value: String(reasons(`decline.${news.code}` as 'decline.declined')) }] : []),
        ]
  return renderMail(
    subject,
    <MailFrame {...props} subject={subject} preview={t(`payerNews.${kind}.text`, names)}>
      <Words>{t(`payerNews.${kind}.text`, names)}</Words>
      <Facts brand={brand} language={language} facts={facts} />
      <Action brand={brand} language={language} href={url} label={t(`payerNews.${kind}.action`)} />
    </MailFrame>,
  )
}
