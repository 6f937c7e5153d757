import type { DocumentType } from '#app/domain/invoice/document-type.ts'
import type { Money } from '#app/domain/money/money.ts'
import { formatLocalDate, formatMoney, formatPeriod } from '#app/i18n/formats.ts'
import { translatorFor } from '#app/i18n/i18n.server.ts'
import type { MailProps, RenderedMail } from './mail-brand.ts'
import { Action, Facts, MailFrame, Words } from './mail-parts.tsx'
import { renderMail } from './render-mail.ts'

export type InvoiceMailProps = MailProps & {
  /** Locale of amounts and dates: the language with the seller's country. */
  readonly locale: string
  readonly documentType: DocumentType
  readonly number: string
  readonly total: Money
  /** What is asked for, where credit or balance settled a part at once; all of it without. */
  readonly due?: Money
  /** Days `YYYY-MM-DD`; the period's end is the day after its last. */
  readonly dueDate: string
  readonly periodStart: string
  readonly periodEnd: string
  readonly payment: 'transfer' | 'card'
  readonly url: string
  /** The day on which a link that stands in for the files ends; null when they are attached. */
  readonly linkUntil: string | null
}

/** Brings a document: what it comes to, what to do about it, where to see it. The files are attached by the sender, or behind the link. */
export function renderInvoiceMail(props: InvoiceMailProps): Promise<RenderedMail> {
  const { brand, language, locale, number, total, url, documentType, due = total } = props
  const t = translatorFor(language, 'mail')
  const document = translatorFor(language, 'common')(`documentType.${documentType}`)
  const days = {
    date: formatLocalDate(props.dueDate, locale, 'long'),
    until: formatLocalDate(props.linkUntil ?? props.dueDate, locale, 'long'),
  }
  const names = { brand: brand.name, document, number, amount: formatMoney(total, locale), ...days }
  const [start, end] = [props.periodStart, props.periodEnd].map((day) => new Date(`${day}T00:00:00Z`)) as [Date, Date]
  const subject = t('invoice.subject', names)
  const isPayable = (documentType === 'invoice' || documentType === 'debit-note') && due.minor > 0n
  const asked = { ...names, amount: formatMoney(due, locale) }
  return renderMail(
    subject,
    <MailFrame {...props} subject={subject} preview={isPayable ? t('invoice.preview', asked) : t('invoice.previewTotal', names)}>
      <Words>
        {t(`invoice.${props.linkUntil ? 'linked' : 'attached'}.${wordingOf(documentType)}`, names)}{' '}
        {t(`invoice.terms.${termsOf(props)}`, asked)}
      </Words>
      <Facts
        brand={brand}
        language={language}
        facts={[
          { label: t('invoice.number'), value: number, isLtr: true },
          { label: t('invoice.period'), value: formatPeriod(start, end, locale, 'UTC', 'long') },
          ...(isPayable ? [{ label: t('invoice.due'), value: names.date }] : []),
          { label: t('invoice.total'), value: names.amount, isStrong: true },
        ]}
      />
      <Action brand={brand} language={language} href={url} label={t('invoice.open')} />
    </MailFrame>,
  )
}

function wordingOf(type: DocumentType): 'invoice' | 'credit-note' | 'other' {
  return type === 'invoice' || type === 'credit-note' ? type : 'other'
}

function termsOf({ documentType, payment, due }: InvoiceMailProps) {
  if (documentType === 'invoice' || documentType === 'debit-note') return due?.minor === 0n ? 'none' : payment
  if (documentType === 'credit-note') return 'credit'
  return documentType === 'pro-forma' ? 'proForma' : 'none'
}
