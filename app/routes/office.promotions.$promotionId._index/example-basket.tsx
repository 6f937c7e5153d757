import { useTranslation } from 'react-i18next'
import { Decimal } from '#app/domain/money/decimal.ts'
import { add, fromDecimal, type Money as MoneyValue, sum } from '#app/domain/money/money.ts'
import { applyDiscounts } from '#app/domain/promo/apply-discounts.ts'
import type { DiscountableLine, DiscountScope } from '#app/domain/promo/discount.ts'
import { discountOf, type PromotionTerms, scopesOf } from '#app/domain/promo/promotion.ts'
import { Money } from '#app/ui/base/money.tsx'

const start = new Date('2026-01-01T00:00:00Z')
const basket = [
  ['setup', '15', '1', null],
  ['recurring', '95', '1', null],
  ['overage', '7.2', '60', 'traffic.sent'],
] as const

/** What a promotion takes off an example: setup 15, a month 95, 60 GB above the allowance. By the function that makes invoices. */
export function ExampleBasket({
  terms,
  scopes,
  currency,
}: {
  terms: PromotionTerms | null
  scopes: readonly DiscountScope[]
  currency: string
}) {
  const { t } = useTranslation('promotion')
  const lines = basket.map(([scope, amount, quantity, meter]) => lineOf({ scope, amount, quantity, meter, currency }))
  const off = terms ? discountOn(lines, { terms, scopes, currency }) : null
  const whole = sum(
    currency,
    lines.map((line) => line.amount),
  )
  return (
    <dl className="grid gap-2 text-sm" aria-live="polite">
      {lines.map((line) => (
        <Row key={line.key} label={t(`example.${line.key as 'setup'}`)} amount={line.amount} />
      ))}
      {off && off.minor !== 0n ? (
        <Row label={t('example.discount')} amount={off} isCredit />
      ) : (
        <Row label={t('example.nothing')} amount={null} />
      )}
      <div className="mt-1 flex justify-between gap-4 border-t border-border pt-3 font-medium">
        <dt>{t('example.net')}</dt>
        <dd>
          <Money amount={off ? add(whole, off) : whole} />
        </dd>
      </div>
    </dl>
  )
}

function Row({ label, amount, isCredit = false }: { label: string; amount: MoneyValue | null; isCredit?: boolean }) {
  return (
    <div className={isCredit ? 'flex justify-between gap-4 text-positive' : 'flex justify-between gap-4'}>
      <dt className={isCredit ? '' : 'text-muted'}>{label}</dt>
      <dd>{amount ? <Money amount={amount} isBalance /> : null}</dd>
    </div>
  )
}

function discountOn(
  lines: readonly DiscountableLine[],
  { terms, scopes, currency }: { terms: PromotionTerms; scopes: readonly DiscountScope[]; currency: string },
): MoneyValue | null {
  const snapshot = {
    promotionId: '',
    code: '',
    promoCode: null,
    name: {},
    terms,
    scopes: [...scopesOf({ terms, scopes })],
    productGroups: [],
    priority: 0,
    stackGroup: null,
    isStackable: true,
    startsAt: start.toISOString(),
  }
  const discount = discountOf(snapshot, { currency, id: '', accountId: null, subscriptionId: null, validFrom: start, validTo: null })
  return discount.ok ? (applyDiscounts({ currency, lines, discounts: [discount.value] })[0]?.amount ?? null) : null
}

function lineOf(line: {
  scope: DiscountScope
  amount: string
  quantity: string
  meter: string | null
  currency: string
}): DiscountableLine {
  return {
    key: line.scope,
    scope: line.scope,
    meter: line.meter,
    accountId: '',
    subscriptionId: '',
    productGroup: null,
    periodStart: start,
    billingPeriod: '2026-01-01',
    isCorrection: false,
    billedQuantity: new Decimal(line.quantity),
    amount: fromDecimal(new Decimal(line.amount), line.currency),
  }
}
