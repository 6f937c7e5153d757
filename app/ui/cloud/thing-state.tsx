import { useTranslation } from 'react-i18next'
import { State } from '../base/state.tsx'

const tones = { building: 'info', ready: 'positive', failed: 'critical', deleted: 'neutral' } as const

/** How a volume, an address, a backup is; while a deed is under way, that. */
export function ThingStateView({ state, pendingAction }: { state: keyof typeof tones; pendingAction: string | null }) {
  const { t } = useTranslation('cloud')
  const isMoving = state === 'building' || pendingAction !== null
  return (
    <State tone={isMoving ? 'info' : tones[state]} isMoving={isMoving}>
      {t(isMoving && state !== 'building' ? 'state.working' : `state.${state}`)}
    </State>
  )
}
