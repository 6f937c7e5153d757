import { useTranslation } from 'react-i18next'
import type { CycleUnit } from '#app/domain/time/invoice-cycle.ts'

type CycleWordsProps = { readonly cycle: { readonly unit: CycleUnit; readonly count: number; readonly day: number | null } }

/** How often somebody is invoiced, in words. */
export function CycleWords({ cycle }: CycleWordsProps) {
  const { t } = useTranslation('office')
  const words = t(`cycle.units.${cycle.unit}`, { count: cycle.count })
  return <>{cycle.day === null ? words : t('cycle.onDay', { cycle: words, day: cycle.day })}</>
}
