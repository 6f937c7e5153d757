import { useTranslation } from 'react-i18next'
import { Tabs } from '../tables/tabs.tsx'

/** The pages of screening. */
export function ScreeningTabs({ mayWrite, maySet }: { mayWrite: boolean; maySet: boolean }) {
  const { t } = useTranslation('screening')
  return (
    <Tabs
      label={t('title')}
      tabs={[
        { to: '/office/screening', label: t('queue'), isEnd: true },
        { to: '/office/screening/sign-ups', label: t('signUps.title') },
        { to: '/office/screening/risk', label: t('risk.title') },
        ...(mayWrite ? [{ to: '/office/screening/lists', label: t('lists.title') }] : []),
        ...(maySet ? [{ to: '/office/screening/settings', label: t('settings.title') }] : []),
      ]}
    />
  )
}
