import { ChartColumn, FileOutput, Hourglass, Scale } from 'lucide-react'
import { useTranslation } from 'react-i18next'

/** The reports of a seller's money in the navigation of the office. */
export function useReportNav() {
  const { t } = useTranslation('report')
  const needs = 'ledger:read' as const
  return {
    key: 'reports',
    label: t('nav'),
    items: [
      { to: '/office/reports/aging', label: t('aging.title'), Icon: Hourglass, needs },
      { to: '/office/reports/revenue', label: t('revenue.title'), Icon: ChartColumn, needs },
      { to: '/office/reports/margin', label: t('margin.title'), Icon: Scale, needs },
      { to: '/office/exports', label: t('exports.title'), Icon: FileOutput, needs },
    ],
  }
}
