import { useTranslation } from 'react-i18next'
import type { MarginRow } from '#app/reports/margins/shape.ts'
import { keyPart, useLabel } from '#app/ui/use-label.ts'
import { useWords } from '#app/ui/use-words.ts'

type Named = Pick<MarginRow, 'productName' | 'productCode' | 'meter' | 'feeKind'>

/** What a price is for: its product, or the rate card, and its fee or meter. */
export function usePriceName(): (price: Named) => string {
  const { t } = useTranslation('catalog')
  const label = useLabel()
  const inWords = useWords()
  return ({ productName, productCode, meter, feeKind }) => {
    const product = inWords(productName) || productCode || t('margins.rateCard')
    return `${product} · ${meter ? label(`document:meter.${keyPart(meter)}`, meter) : t(`margins.fees.${feeKind}`)}`
  }
}
