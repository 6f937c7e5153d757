import type { Money } from '#app/domain/money/money.ts'
import { formatLocalDate, formatMoney, formatPeriod } from '#app/i18n/formats.ts'
import { translatorFor } from '#app/i18n/i18n.server.ts'
import type { MailProps, RenderedMail } from './mail-brand.ts'
import { Action, Facts, MailFrame, Words } from './mail-parts.tsx'
import { renderMail } from './render-mail.ts'

export type InvoiceMailProps = MailProps & {
  /** Locale of amounts and dates: the language with the seller's country. */
  readonly locale: string
  readonly number: string
  readonly total: Money
  /** Days `YYYY-MM-DD`; the period's end is the day after its last. */
  readonly dueDate: string
  readonly periodStart: string
  readonly periodEnd: string
  readonly payment: 'transfer' | 'card'
  readonly url: string
}

/** Brings an invoice: what it comes to, when it is due, where to see it. The PDF is attached by the sender. */
export function renderInvoiceMail(props: InvoiceMailProps): Promise<RenderedMail> {
  const { brand, language, locale, number, total, payment, url } = props
  const t = translatorFor(language, 'mail')
  const names = { brand: brand.name, number, amount: formatMoney(total, locale), date: formatLocalDate(props.dueDate, locale, 'long') }
  const [start, end] = [props.periodStart, props.periodEnd].map((day) => new Date(`${day}T00:00:00Z`)) as [Date, Date]
  const subject = t('invoice.subject', names)
  return renderMail(
    subject,
    <MailFrame {...props} subject={subject} preview={t('invoice.preview', names)}>
      <Words>{payment === 'card' ? t('invoice.textCard', names) : t('invoice.textDue', names)}</Words>
      <Facts
        brand={brand}
        language={language}
        facts={[
          { label: t('invoice.number'), value: number, isLtr: true },
          { label: t('invoice.period'), value: formatPeriod(start, end, locale, 'UTC', 'long') },
          { label: t('invoice.due'), value: names.date },
          { label: t('invoice.total'), value: names.amount, isStrong: true },
        ]}
      />
      <Action brand={brand} language={language} href={url} label={t('invoice.action')} />
    </MailFrame>,
  )
}
