import { useTranslation } from 'react-i18next'
import type { FeeKind } from '#app/domain/pricing/price-rule.ts'
import { keyPart, useLabel } from '../base/use-label.ts'
import { useWords } from '../base/use-words.ts'

/** What a price is for; without a product it is one of the rate card. */
export type NamedPrice = {
  readonly product: Readonly<Record<string, string>> | null
  readonly meter: string | null
  readonly feeKind: FeeKind
}

/** Names a price by its product, or the rate card, and its fee or meter. */
export function usePriceName(): (price: NamedPrice) => string {
  const { t } = useTranslation('catalog')
  const inWords = useWords()
  const thingOf = usePriceThing()
  return (price) => `${price.product ? inWords(price.product) : t('margins.rateCard')} · ${thingOf(price)}`
}

/** Names a price by its fee or meter alone. */
export function usePriceThing(): (price: Omit<NamedPrice, 'product'>) => string {
  const { t } = useTranslation('catalog')
  const label = useLabel()
  return ({ meter, feeKind }) => (meter ? label(`document:meter.${keyPart(meter)}`, meter) : t(`margins.fees.${feeKind}`))
}
