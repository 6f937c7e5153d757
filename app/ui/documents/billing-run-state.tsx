import { useTranslation } from 'react-i18next'
import { State, type Tone } from '../base/state.tsx'

const tones = {
  requested: 'neutral',
  drafted: 'info',
  held: 'warning',
  finalising: 'info',
  paused: 'warning',
  finished: 'positive',
} as const satisfies Record<string, Tone>

/** How far a billing run is, as dot and word. */
export function BillingRunState({ state }: { state: keyof typeof tones }) {
  const { t } = useTranslation('office')
  return (
    <State tone={tones[state]} isMoving={state === 'drafted' || state === 'finalising'}>
      {t(`billing.state.${state}`)}
    </State>
  )
}
