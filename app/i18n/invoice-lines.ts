import type { TFunction } from 'i18next'
import type { InvoiceDocumentLine } from '#app/domain/invoice/invoice-document.ts'
import type { Decimal } from '#app/domain/money/decimal.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'
import type { MeterCode } from '#app/domain/usage/meters.ts'
import { discountDetail } from './discount-line.ts'
import { type DateStyle, formatMoney, formatPeriod, formatQuantity, formatRate } from './formats.ts'
import type { InvoiceLineFacts, InvoiceLineSubject, SubjectMeter } from './invoice-facts.ts'
import type en from './locales/en/document.json'

export type DocumentTexts = {
  readonly t: TFunction<'document'>
  readonly locale: string
  readonly zone: string
  readonly dateStyle: DateStyle
  /** Sets text of another direction apart, so that it does not disorder the line around it. */
  readonly isolate: (text: string) => string
}

type UnitKey = 'hour' | 'gb' | 'gib' | 'gib-hour' | 'vcpu-hour' | 'ghz-hour' | 'request' | 'month' | 'piece'

const unitKeys: Readonly<Record<InvoiceLineFacts['unit'], UnitKey>> = {
  hour: 'hour',
  GB: 'gb',
  GiB: 'gib',
  'GiB-hour': 'gib-hour',
  'vCPU-hour': 'vcpu-hour',
  'GHz-hour': 'ghz-hour',
  request: 'request',
  month: 'month',
  piece: 'piece',
}

/** One invoice line in words. Quantity and unit price are shown with every decimal, so that they multiply to the amount. */
export function documentLine(texts: DocumentTexts, line: InvoiceLineFacts): InvoiceDocumentLine {
  const detail = line.subject.kind === 'discount' ? discountDetail(texts, line.subject) : lineDetail(texts, line)
  return {
    description: lineDescription(texts, line.subject),
    ...(detail ? { detail } : {}),
    quantity: quantityWithUnit(texts, line.billedQuantity, line),
    unitPrice: formatRate(line.unitPrice, line.amount.currency, texts.locale, { style: 'none', exact: true }),
    amount: formatMoney(line.amount, texts.locale, 'none'),
  }
}

function lineDescription(texts: DocumentTexts, subject: InvoiceLineSubject): string {
  const { t, isolate } = texts
  if (subject.kind === 'discount') return t('line.discount', { name: isolate(subject.name) })
  if (subject.kind === 'item') return isolate(subject.text)
  const product = isolate(subject.product ?? '')
  if (subject.kind === 'service') return product
  if (subject.kind === 're-rated') return t('line.reRated', { what: lineDescription(texts, boughtOf(subject)) })
  if (subject.kind !== 'usage' && subject.kind !== 'correction') return t(`line.${subject.kind}`, { product })
  const meter = subject.meter ? subjectName(texts, subject.meter) : ''
  const what = product && meter ? t('line.usage', { product, meter }) : product || meter
  return subject.kind === 'correction' ? t('line.correction', { what }) : what
}

/** What a price was corrected of, as its own line would say it. */
function boughtOf({ feeKind, product = '', meter }: Extract<InvoiceLineSubject, { kind: 're-rated' }>): InvoiceLineSubject {
  if (feeKind !== 'usage') return { kind: feeKind, product }
  return meter ? { kind: 'usage', meter, product } : { kind: 'item', text: product }
}

function lineDetail(texts: DocumentTexts, line: InvoiceLineFacts): string {
  const { t, isolate, locale, zone, dateStyle } = texts
  const parts = [
    line.resourceName ? isolate(line.resourceName) : '',
    line.period ? isolate(formatPeriod(line.period.start, line.period.end, locale, zone, dateStyle)) : '',
    line.subject.kind === 're-rated' ? t('line.reRatedIn', { period: isolate(localPeriod(texts, line.subject)) }) : '',
    line.includedQuantity.isZero()
      ? ''
      : t('line.overage', {
          measured: quantityWithUnit(texts, line.quantity, line),
          included: quantityWithUnit(texts, line.includedQuantity, line),
          billed: quantityWithUnit(texts, line.billedQuantity, line),
        }),
  ]
  return parts.filter(Boolean).join(' · ')
}

function localPeriod({ locale, dateStyle }: DocumentTexts, { start, end }: { readonly start: LocalDate; readonly end: LocalDate }): string {
  const [from, until] = [start, end].map((day) => new Date(`${day}T00:00:00Z`)) as [Date, Date]
  return formatPeriod(from, until, locale, 'UTC', dateStyle)
}

type Counted = Pick<InvoiceLineFacts, 'unit' | 'unitWord'>

function quantityWithUnit({ t, isolate, locale }: DocumentTexts, quantity: Decimal, { unit, unitWord }: Counted): string {
  const shown = formatQuantity(quantity, locale, quantityDigits(quantity))
  if (unitWord) return isolate(`${shown} ${unitWord}`)
  return isolate(t(`unit.${unitKeys[unit]}`, { count: quantity.toNumber(), quantity: shown }))
}

type MeterKey = keyof (typeof en)['meter']

function subjectName({ t, isolate }: DocumentTexts, meter: SubjectMeter): string {
  return typeof meter === 'string' ? meterName(t, meter) : isolate(meter.name)
}

/** A meter's name in the language of `t`. */
export function meterName(t: TFunction<'document'>, meter: MeterCode): string {
  return t(`meter.${meter.replaceAll('.', '-') as MeterKey}`)
}

/** Decimals a reader can use: three, or six for small quantities. The usage pages have every digit. */
function quantityDigits(quantity: Decimal): number {
  return quantity.abs().lt(10) ? 6 : 3
}
