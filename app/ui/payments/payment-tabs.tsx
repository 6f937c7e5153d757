import { useTranslation } from 'react-i18next'
import { Tabs } from '../tables/tabs.tsx'

/** The views of money and of the gateways that bring it. */
export function PaymentTabs() {
  const { t } = useTranslation('payment')
  return (
    <Tabs
      label={t('title')}
      tabs={[
        { to: '/office/payments', label: t('gateway.tabs.payments'), isEnd: true },
        { to: '/office/payments/attempts', label: t('gateway.tabs.attempts') },
        { to: '/office/disputes', label: t('gateway.tabs.disputes') },
        { to: '/office/gateway-payouts', label: t('gateway.tabs.payouts') },
        { to: '/office/payments/events', label: t('gateway.tabs.events') },
        { to: '/office/payments/log', label: t('gateway.tabs.log') },
      ]}
    />
  )
}
