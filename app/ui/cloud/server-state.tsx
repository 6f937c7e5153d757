import { useTranslation } from 'react-i18next'
import { State, type Tone } from '../base/state.tsx'

const tones = {
  building: 'info',
  running: 'positive',
  stopped: 'neutral',
  failed: 'critical',
  deleted: 'neutral',
} as const satisfies Record<string, Tone>

/** How a server is, as dot and word. */
export function ServerStateView({ state }: { state: keyof typeof tones }) {
  const { t } = useTranslation('common')
  return (
    <State tone={tones[state]} isMoving={state === 'building'}>
      {t(`serverState.${state}`)}
    </State>
  )
}
