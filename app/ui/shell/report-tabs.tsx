import { useTranslation } from 'react-i18next'
import { Tabs } from '../tables/tabs.tsx'

/** The reports of a seller's money, and the files that leave. */
export function ReportTabs() {
  const { t } = useTranslation('report')
  return (
    <Tabs
      label={t('tabs')}
      tabs={[
        { to: '/office/reports/aging', label: t('aging.title') },
        { to: '/office/reports/revenue', label: t('revenue.title') },
        { to: '/office/reports/margin', label: t('margin.title') },
        { to: '/office/exports', label: t('exports.title') },
      ]}
    />
  )
}
