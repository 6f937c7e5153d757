import { useTranslation } from 'react-i18next'
import { type MeterCode, meters } from '#app/domain/usage/meters.ts'
import { keyPart, useLabel } from './use-label.ts'

/** A fee in words: its kind, or its meter with the unit that is counted and what tells it apart. */
export function useFeeName(): (feeKey: string) => string {
  const { t } = useTranslation('catalog')
  const label = useLabel()
  return (feeKey) => {
    const [kind = '', meter = '', ...dimensions] = feeKey.split('|')
    if (!meter) return t(`revisions.fees.${kind as 'recurring'}`)
    const name = [label(`document:meter.${keyPart(meter)}`, meter), ...dimensions.map((part) => part.split('=')[1])].join(', ')
    return Object.hasOwn(meters, meter) ? t('revisions.perUnit', { meter: name, unit: meters[meter as MeterCode].unit }) : name
  }
}
