import { useTranslation } from 'react-i18next'
import type { CampaignState } from '#app/domain/promo/campaign.ts'
import type { PromotionState } from '#app/domain/promo/promotion.ts'
import { State, type Tone } from '../base/state.tsx'

const tones: Readonly<Record<PromotionState | CampaignState, Tone>> = {
  draft: 'neutral',
  active: 'positive',
  scheduled: 'info',
  running: 'positive',
  ended: 'neutral',
  spent: 'warning',
}

/** Where a promotion or a campaign stands. */
export function PromotionStateView({ state }: { state: PromotionState | CampaignState }) {
  const { t } = useTranslation('promotion')
  return <State tone={tones[state]}>{t(`state.${state}`)}</State>
}
