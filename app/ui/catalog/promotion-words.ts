import { useTranslation } from 'react-i18next'
import { type Money, money } from '#app/domain/money/money.ts'
import type { DiscountScope } from '#app/domain/promo/discount.ts'
import type { PromotionTerms } from '#app/domain/promo/promotion.ts'
import { promotionSentence } from '#app/domain/promo/promotion-sentence.ts'
import { usePage } from '../base/page-context.tsx'
import { useFormat } from '../base/use-format.ts'
import { keyPart, useLabel } from '../base/use-label.ts'
import { useMeters } from '../base/use-meters.ts'

/** What promotions and discounts do, in words of the page's language. */
export function usePromotionWords() {
  const { t } = useTranslation('promotion')
  const { locale } = usePage()
  const format = useFormat()
  const label = useLabel()
  const { unitOf } = useMeters()
  const list = (words: readonly string[]) => new Intl.ListFormat(locale, { type: 'conjunction' }).format(words)
  const scopes = (of: readonly DiscountScope[]) => list(of.map((scope) => t(`scope.${scope}`)))
  const time = (periods: number | null) => (periods === null ? t('time.always') : t('time.periods', { count: periods }))
  const amounts = (of: readonly Money[]) => of.map((amount) => format.money(amount)).join(' / ')
  const meter = (code: string) => label(`document:meter.${keyPart(code)}`, code)

  const sentence = (terms: PromotionTerms, touched: readonly DiscountScope[]): string => {
    const facts = promotionSentence(terms, touched)
    const words = { scopes: touched.length > 0 ? scopes(touched) : t('scope.none'), time: time(facts.periods) }
    if (terms.kind === 'percent') return t('sentence.percent', { ...words, percent: format.percent(terms.percent) })
    if (terms.kind === 'amount')
      return t('sentence.amount', {
        ...words,
        amounts: amounts(facts.amounts.map(({ currency, minor }) => money(BigInt(minor), currency))),
      })
    if (terms.kind === 'free-period') return t('sentence.free-period', words)
    const units = `${format.quantity(terms.units)} ${unitOf(terms.meter)}`.trim()
    return t('sentence.free-units', { ...words, units, meter: meter(terms.meter) })
  }
  return { sentence, scopes, amounts, meter, time }
}
