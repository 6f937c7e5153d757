import { useTranslation } from 'react-i18next'
import { useFormat } from './use-format.ts'

/** Of which instant the figures are. */
export function AsOf({ instant }: { instant: Date }) {
  const { t } = useTranslation('common')
  const format = useFormat()
  return <span suppressHydrationWarning>{t('asOf', { time: format.dateTime(instant) })}</span>
}
