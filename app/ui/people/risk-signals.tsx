import { useTranslation } from 'react-i18next'

import type { DecidingReason, FraudReason } from '#app/domain/fraud/screen.ts'

type Signals = readonly { readonly reason: FraudReason | DecidingReason; readonly points: number }[]

/** What speaks against a sign-up, an order or a payment, and how much of it; or that nothing does. */
export function RiskSignals({ signals }: { readonly signals: Signals }) {
  const { t } = useTranslation('screening')
  if (signals.length === 0) return <p className="text-sm text-muted">{t('risk.noSignals')}</p>
  return (
    <ul className="grid list-disc gap-1 ps-5 text-sm">
      {signals.map(({ reason, points }) => (
        <li key={reason}>{points === 0 ? t(`reason.${reason}`) : t('points', { reason: t(`reason.${reason}`), count: points })}</li>
      ))}
    </ul>
  )
}
