import type { LineSubject, Names } from '#app/domain/invoice/finalised-invoice.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { type Money, money } from '#app/domain/money/money.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { formatMoney, formatPercent } from './formats.ts'
import type { DiscountLineSubject } from './invoice-facts.ts'
import type { DocumentTexts } from './invoice-lines.ts'

/** What a stored discount line says, in values; `amount` is the line's own. @throws InvariantError for a discount line that says nothing. */
export function discountSubjectOf(
  discount: LineSubject['discount'],
  amount: Money,
  nameIn: (names: Names) => string | undefined,
): DiscountLineSubject {
  invariant(discount, 'discountSubjectOf: a discount line without its discount')
  const { leftMinor, leftCurrency } = discount
  const left = leftMinor !== null && leftCurrency !== null ? money(BigInt(leftMinor), leftCurrency) : undefined
  return {
    kind: 'discount',
    name: nameIn(discount.name) ?? '',
    order: discount.order,
    base: money(BigInt(discount.baseMinor), amount.currency),
    ...(discount.percent === null ? {} : { percent: new Decimal(discount.percent) }),
    ...(left ? { left } : {}),
    isOtherCurrency: discount.refusal === 'other-currency',
  }
}

/** What stands below a discount: its place in the order of application, what it was taken from, what carries over. */
export function discountDetail({ t, isolate, locale }: DocumentTexts, subject: DiscountLineSubject): string {
  const { base, percent, left } = subject
  const order = t('line.discountOrder', { order: subject.order })
  if (subject.isOtherCurrency) return `${order} · ${t('line.discountCurrency', { currency: left?.currency ?? '' })}`
  const of = isolate(formatMoney(base, locale, 'code'))
  const taken = percent
    ? t('line.discountPercent', { percent: isolate(formatPercent(percent, locale)), base: of })
    : t('line.discountBase', { base: of })
  const rest = left && left.minor > 0n ? t('line.discountLeft', { left: isolate(formatMoney(left, locale, 'code')) }) : ''
  return [order, taken, rest].filter(Boolean).join(' · ')
}
