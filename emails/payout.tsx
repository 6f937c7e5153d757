import type { Money } from '#app/domain/money/money.ts'
import { formatLocalDate, formatMoney } from '#app/i18n/formats.ts'
import { translatorFor } from '#app/i18n/i18n.server.ts'
import type { MailProps, RenderedMail } from './mail-brand.ts'
import { Action, Facts, MailFrame, Words } from './mail-parts.tsx'
import { renderMail } from './render-mail.ts'

export type PayoutMailProps = MailProps & {
  /** Locale of amounts and dates: the language with the seller's country. */
  readonly locale: string
  /** The day up to which it counts, `YYYY-MM-DD`. */
  readonly through: string
  readonly released: Money
  readonly payout: Money
  /** Null while the bank has not paid it. */
  readonly paid: { readonly on: string; readonly reference: string } | null
  readonly url: string
}

/** Tells a reseller of a payout that was made or paid; its statement is attached by the sender. */
export function renderPayoutMail(props: PayoutMailProps): Promise<RenderedMail> {
  const { brand, language, locale, released, payout, paid, url } = props
  const t = translatorFor(language, 'mail')
  const names = { brand: brand.name, through: formatLocalDate(props.through, locale), amount: formatMoney(payout, locale) }
  const subject = paid ? t('payout.paidSubject', names) : t('payout.subject', names)
  return renderMail(
    subject,
    <MailFrame {...props} subject={subject} preview={t('payout.preview', names)}>
      <Words>{paid ? t('payout.paidText', names) : t('payout.text', names)}</Words>
      <Facts
        brand={brand}
        language={language}
        facts={[
          { label: t('payout.released'), value: formatMoney(released, locale) },
          { label: t('payout.amount'), value: names.amount, isStrong: true },
          ...(paid
            ? [
                { label: t('payout.paidOn'), value: formatLocalDate(paid.on, locale) },
                { label: t('payout.reference'), value: paid.reference },
              ]
            : []),
        ]}
      />
      <Action brand={brand} language={language} href={url} label={t('payout.open')} />
    </MailFrame>,
  )
}
