import type { Money } from '#app/domain/money/money.ts'
import { formatLocalDate, formatMoney } from '#app/i18n/formats.ts'
import { translatorFor } from '#app/i18n/i18n.server.ts'
import type { MailProps, RenderedMail } from './mail-brand.ts'
import { Action, Facts, MailFrame, Words } from './mail-parts.tsx'
import { renderMail } from './render-mail.ts'

type News = { readonly customer: string } & (
  | { readonly kind: 'crossed'; readonly step: 'warn' | 'block' | 'suspend'; readonly exposure: Money; readonly limit: Money }
  | { readonly kind: 'increase-ends'; readonly increase: Money; readonly limit: Money; readonly until: string }
)

/** `locale`: of amounts and dates, the language with the seller's country. */
export type CreditNewsMailProps = MailProps & { readonly locale: string; readonly news: News; readonly url: string }

/** Tells the seller's staff that a buyer comes near its limit or beyond, or that an increase ends. */
export function renderCreditNewsMail(props: CreditNewsMailProps): Promise<RenderedMail> {
  const { brand, language, locale, news, url } = props
  const t = translatorFor(language, 'mail')
  const { customer } = news
  const amount = (value: Money) => formatMoney(value, locale)
  const key = news.kind === 'crossed' ? news.step : 'ends'
  const values = { customer, day: news.kind === 'crossed' ? '' : formatLocalDate(news.until, locale, 'long') }
  const subject = t(`credit.${key}.subject`, values)
  const text = t(`credit.${key}.text`, values)
  const first =
    news.kind === 'crossed'
      ? { label: t('credit.exposure'), value: amount(news.exposure) }
      : { label: t('credit.increase'), value: amount(news.increase) }
  const limit = { label: t(news.kind === 'crossed' ? 'credit.limit' : 'credit.after'), value: amount(news.limit), isStrong: true }
  return renderMail(
    subject,
    <MailFrame {...props} subject={subject} preview={text}>
      <Words>{text}</Words>
      <Facts brand={brand} language={language} facts={[{ label: t('dispute.customer'), value: customer }, first, limit]} />
      <Action brand={brand} language={language} href={url} label={t('credit.open')} />
    </MailFrame>,
  )
}
