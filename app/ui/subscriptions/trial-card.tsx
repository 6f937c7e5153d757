import { useTranslation } from 'react-i18next'
import type { TrialMeasure } from '#app/domain/catalog/trial-terms.ts'
import { Card } from '../base/card.tsx'
import { Meter } from '../base/meter.tsx'
import { useFormat } from '../base/use-format.ts'

type TrialCardProps = { meters: readonly { readonly measure: TrialMeasure; readonly used: number; readonly most: number }[] }

/** How much of a trial's limits is used; nothing without limits. */
export function TrialCard({ meters }: TrialCardProps) {
  const { t } = useTranslation('subscription')
  const { quantity } = useFormat()
  if (meters.length === 0) return null
  return (
    <Card id="trial" title={t('trial.title')}>
      <p className="text-sm text-muted">{t('trial.lead')}</p>
      <div className="mt-4 grid gap-x-8 gap-y-5 sm:grid-cols-2">
        {meters.map(({ measure, used, most }) => {
          const text = t('trial.of', { used: quantity(String(used)), most: quantity(String(most)) })
          return (
            <div key={measure}>
              <p className="mb-2 text-sm font-medium">{t(`trial.${measure}`)}</p>
              <Meter label={t(`trial.${measure}`)} text={text} share={used / most} />
            </div>
          )
        })}
      </div>
    </Card>
  )
}
