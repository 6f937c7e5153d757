import type { Money } from '#app/domain/money/money.ts'
import { formatLocalDate, formatMoney } from '#app/i18n/formats.ts'
import { translatorFor } from '#app/i18n/i18n.server.ts'
import type { MailProps, RenderedMail } from './mail-brand.ts'
import { Action, Facts, MailFrame, Words } from './mail-parts.tsx'
import { renderMail } from './render-mail.ts'

export type DisputeMailProps = MailProps & {
  /** Locale of amounts and dates: the language with the seller's country. */
  readonly locale: string
  readonly customer: string
  readonly amount: Money
  /** The last day for an answer, `YYYY-MM-DD` where the seller is; null when the gateway names none. */
  readonly respondBy: string | null
  readonly url: string
}

/** Tells the seller's staff that a customer's bank takes a payment back. */
export function renderDisputeMail(props: DisputeMailProps): Promise<RenderedMail> {
  const { brand, language, locale, customer, respondBy, url } = props
  const t = translatorFor(language, 'mail')
  const names = { customer, amount: formatMoney(props.amount, locale) }
  const subject = t('dispute.subject', names)
  return renderMail(
    subject,
    <MailFrame {...props} subject={subject} preview={t('dispute.text', names)}>
      <Words>{t('dispute.text', names)}</Words>
      <Facts
        brand={brand}
        language={language}
        facts={[
          { label: t('dispute.customer'), value: customer },
          { label: t('dispute.amount'), value: names.amount, isStrong: true },
          ...(respondBy ? [{ label: t('dispute.respondBy'), value: formatLocalDate(respondBy, locale, 'long') }] : []),
        ]}
      />
      <Words>{t('dispute.how')}</Words>
      <Action brand={brand} language={language} href={url} label={t('dispute.open')} />
    </MailFrame>,
  )
}
