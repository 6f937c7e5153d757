import { useTranslation } from 'react-i18next'
import type { ServiceNoticeState } from '#app/domain/service-notice/service-notice.ts'
import { State } from '../base/state.tsx'

const tones = { planned: 'info', ongoing: 'warning', resolved: 'positive' } as const

/** How a notice of service stands. */
export function ServiceNoticeStateView({ state }: { state: ServiceNoticeState }) {
  const { t } = useTranslation('office')
  return <State tone={tones[state]}>{t(`service.state.${state}`)}</State>
}
