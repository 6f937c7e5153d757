import { useTranslation } from 'react-i18next'
import type { BillingRunDetail } from '#app/reports/billing-runs/shape.ts'
import { Meter } from '#app/ui/base/meter.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'

/** Why the run waits, and what of its period cannot be billed yet. */
export function RunNotices({ run, isOwn }: { run: BillingRunDetail; isOwn: boolean }) {
  const { t } = useTranslation('office')
  const isHeld = run.state === 'held'
  return (
    <>
      {isHeld
        ? run.heldReasons.map((reason) => (
            <Notice key={reason} tone="warning">
              {t(`billing.held.${reason}`)}
            </Notice>
          ))
        : null}
      {isHeld && isOwn && run.heldReasons.includes('above-limit') ? <Notice>{t('billing.heldOwn')}</Notice> : null}
      {run.quarantined > 0 ? (
        <Notice tone="warning">
          {t('billing.unattributed', { count: run.quarantined })} <TextLink to="/office/quarantine">{t('billing.openQuarantine')}</TextLink>
        </Notice>
      ) : null}
    </>
  )
}

/** How many invoices are made, how fast, and for how long it goes on. */
export function RunProgress({ run }: { run: BillingRunDetail }) {
  const { t } = useTranslation('office')
  const total = run.finalised + run.waiting
  if (total === 0) return null
  const minutes = run.perMinute > 0 ? Math.ceil(run.waiting / run.perMinute) : null
  const left = minutes === null ? null : minutes > 1 ? t('billing.leftMinutes', { count: minutes }) : t('billing.leftUnderMinute')
  const text =
    left === null
      ? t('billing.done', { done: run.finalised, total })
      : t('billing.speed', { done: run.finalised, total, rate: run.perMinute, left })
  return <Meter label={t('billing.progress')} share={Math.min(run.finalised / total, 0.79)} text={text} />
}
