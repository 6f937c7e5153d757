import { useTranslation } from 'react-i18next'
import { Tabs } from '../tables/tabs.tsx'

/** The three views of tax. */
export function TaxTabs() {
  const { t } = useTranslation('tax')
  return (
    <Tabs
      label={t('title')}
      tabs={[
        { to: '/office/tax', label: t('tabs.report'), isEnd: true },
        { to: '/office/tax/rates', label: t('tabs.rates') },
        { to: '/office/tax/registrations', label: t('tabs.registrations') },
      ]}
    />
  )
}
