import { useTranslation } from 'react-i18next'
import type { AccountDetail } from '#app/reports/accounts/shape.ts'

/** How often somebody is invoiced, in words. */
export function CycleWords({ cycle }: { cycle: NonNullable<AccountDetail['contract']>['cycle'] }) {
  const { t } = useTranslation('office')
  const words = t(`cycle.units.${cycle.unit}`, { count: cycle.count })
  return <>{cycle.day === null ? words : t('cycle.onDay', { cycle: words, day: cycle.day })}</>
}
