import { useTranslation } from 'react-i18next'
import type { DiscountSubject, InvoiceLineKind, LineSubject, NamedMeter } from '#app/domain/invoice/finalised-invoice.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import type { Money } from '#app/domain/money/money.ts'
import type { InvoiceLineFacts } from '#app/i18n/invoice-facts.ts'
import { countedIn, resourceNameOf, subjectOf } from '#app/i18n/invoice-facts-of.ts'
import { type DocumentTexts, documentLine } from '#app/i18n/invoice-lines.ts'
import { directionOf, type Language } from '#app/i18n/languages.ts'
import { usePage } from '../base/page-context.tsx'

/** A line as a report gives it: names by language, decimals as text. */
export type InvoiceLine = {
  readonly id: string
  readonly kind: InvoiceLineKind
  readonly subject: {
    readonly product: Readonly<Record<string, string>> | null
    readonly soldAs?: LineSubject['soldAs']
    readonly meter: string | null
    readonly ownMeter?: NamedMeter
    readonly resource: string | null
    readonly discount?: DiscountSubject
    readonly reRated?: LineSubject['reRated']
    readonly text?: string
  }
  readonly quantity: string
  readonly includedQuantity: string
  readonly billedQuantity: string
  readonly unitPrice: string
  readonly net: Money
  readonly periodStart: Date
  readonly periodEnd: Date
}

/** Words and figures of a line, by the function that also writes them into the PDF. */
export function useInvoiceLine() {
  const { t } = useTranslation('document')
  const { locale, zone, language } = usePage()
  const isRtl = directionOf(language) === 'rtl'
  const texts: DocumentTexts = {
    t,
    locale,
    zone,
    dateStyle: isRtl ? 'long' : 'medium',
    isolate: isRtl ? (text) => (text ? `\u2068${text}\u2069` : '') : (text) => text,
  }
  return (line: InvoiceLine) => documentLine(texts, factsOf(line, language))
}

function factsOf(line: InvoiceLine, language: Language): InvoiceLineFacts {
  return {
    subject: subjectOf(line, language),
    ...resourceNameOf(line.subject),
    period: { start: line.periodStart, end: line.periodEnd },
    quantity: new Decimal(line.quantity),
    includedQuantity: new Decimal(line.includedQuantity),
    billedQuantity: new Decimal(line.billedQuantity),
    ...countedIn(line, language),
    unitPrice: new Decimal(line.unitPrice),
    amount: line.net,
  }
}
