import { useTranslation } from 'react-i18next'
import { State, type Tone } from '../base/state.tsx'

const tones = {
  building: 'info',
  running: 'positive',
  partial: 'warning',
  stopped: 'neutral',
  failed: 'critical',
  removed: 'neutral',
} as const satisfies Record<string, Tone>

/** How an application is as a whole, as dot and word. */
export function ApplicationStateView({ state }: { state: keyof typeof tones }) {
  const { t } = useTranslation('apps')
  return (
    <State tone={tones[state]} isMoving={state === 'building'}>
      {t(`state.${state}`)}
    </State>
  )
}
