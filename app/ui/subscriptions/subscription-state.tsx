import { useTranslation } from 'react-i18next'
import { State, type Tone } from '../base/state.tsx'

const tones = { active: 'positive', paused: 'warning', pending: 'info', ended: 'neutral' } as const satisfies Record<string, Tone>

/** Where a subscription stands. */
export function SubscriptionStateView({ state }: { state: keyof typeof tones }) {
  const { t } = useTranslation('subscription')
  return (
    <State tone={tones[state]} isMoving={state === 'pending'}>
      {t(`state.${state}`)}
    </State>
  )
}

const changeTones = {
  proposed: 'warning',
  scheduled: 'info',
  applied: 'positive',
  cancelled: 'neutral',
  refused: 'critical',
  failed: 'critical',
} as const satisfies Record<string, Tone>

/** Where a change of a subscription stands. */
export function ChangeStateView({ state }: { state: keyof typeof changeTones }) {
  const { t } = useTranslation('subscription')
  return <State tone={changeTones[state]}>{t(`changeState.${state}`)}</State>
}
