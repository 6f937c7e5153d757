import { useTranslation } from 'react-i18next'
import type { NewsStanding } from '#app/domain/news/news.ts'
import { State } from '../base/state.tsx'

const tones = { draft: 'neutral', withdrawn: 'critical', planned: 'info', shown: 'positive', over: 'neutral' } as const

/** How news stands: whether readers see it. */
export function NewsStandingView({ standing }: { standing: NewsStanding }) {
  const { t } = useTranslation('office')
  return <State tone={tones[standing]}>{t(`news.standing.${standing}`)}</State>
}
