import { useTranslation } from 'react-i18next'
import { keyPart, useLabel } from '../base/use-label.ts'
import { useMeters } from '../base/use-meters.ts'

/** A fee in words: its kind, or its meter with the unit that is counted and what tells it apart. */
export function useFeeName(): (feeKey: string) => string {
  const { t } = useTranslation('catalog')
  const label = useLabel()
  const { unitOf } = useMeters()
  return (feeKey) => {
    const [kind = '', meter = '', ...dimensions] = feeKey.split('|')
    if (!meter) return t(`revisions.fees.${kind as 'recurring'}`)
    const name = [label(`document:meter.${keyPart(meter)}`, meter), ...dimensions.map((part) => part.split('=')[1])].join(', ')
    const unit = unitOf(meter)
    return unit ? t('revisions.perUnit', { meter: name, unit }) : name
  }
}
