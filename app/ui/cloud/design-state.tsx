import { useTranslation } from 'react-i18next'
import { State } from '../base/state.tsx'

/** Whether a design can be ordered as it stands; one without tiers is only begun. */
export function DesignStateView({ isWhole, tiers }: { isWhole: boolean; tiers: readonly unknown[] }) {
  const { t } = useTranslation('apps')
  if (isWhole) return <State tone="positive">{t('design.ready')}</State>
  return tiers.length === 0 ? <State tone="neutral">{t('design.begun')}</State> : <State tone="warning">{t('design.broken')}</State>
}
