import { CircleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { OfficeStart } from '#app/reports/office-start/shape.ts'
import { ButtonLink } from '#app/ui/base/button.tsx'
import { Card } from '#app/ui/base/card.tsx'
import { useFormat } from '#app/ui/base/use-format.ts'

type Need = OfficeStart['needs'][number]

/** What waits for somebody, each with the way to it. */
export function OfficeNeeds({ needs }: { needs: readonly Need[] }) {
  const { t } = useTranslation('office')
  const inWords = useWords()
  if (needs.length === 0) return null
  return (
    <Card id="needs" title={t('needs.title')} isFlush>
      <ul className="divide-y divide-border border-t border-border">
        {needs.map((need) => {
          const { text, path } = inWords(need)
          return (
            <li key={`${need.kind}-${path}`} className="flex flex-wrap items-center justify-between gap-3 px-card py-3 text-sm">
              <span className="flex items-center gap-3">
                <CircleAlert aria-hidden className="size-4 shrink-0 text-warning" />
                <span suppressHydrationWarning>{text}</span>
              </span>
              <ButtonLink to={path} look="secondary" size="small">
                {t(`needs.deed.${need.kind}`)}
              </ButtonLink>
            </li>
          )
        })}
      </ul>
    </Card>
  )
}

function useWords() {
  const { t } = useTranslation('office')
  const format = useFormat()
  return (need: Need): { text: string; path: string } => {
    switch (need.kind) {
      case 'broken-invariants':
        return { text: t('needs.brokenInvariants', { count: need.count }), path: '/office/ledger/checks' }
      case 'order-review':
        return { text: t('needs.orderReview', { count: need.count }), path: '/office/screening' }
      case 'sign-up-review':
        return { text: t('needs.signUpReview', { count: need.count }), path: '/office/screening/sign-ups' }
      case 'apps-silent':
        return { text: t('needs.appsSilent', { count: need.count }), path: '/office/catalog/apps' }
      case 'quarantine':
        return { text: t('needs.quarantine', { count: need.count }), path: '/office/quarantine' }
      case 'failed-jobs':
        return { text: t('needs.failedJobs', { count: need.count }), path: '/office/jobs?state=failed' }
      case 'mail-bounced':
        return { text: t('needs.bounced', { count: need.count }), path: '/office/deliveries?state=bounced' }
      case 'webhook-paused':
        return { text: t('needs.webhookPaused', { count: need.count }), path: '/office/webhooks' }
      case 'month-unbilled':
        return {
          text: t('needs.unbilled', { month: format.month(new Date(`${need.month}-15T12:00:00Z`)) }),
          path: `/office/billing-runs/preview?month=${need.month}`,
        }
      case 'overdue':
        return { text: t('needs.overdue', { count: need.count, amount: format.money(need.amount) }), path: '/office/invoices' }
      case 'held-run':
        return { text: t('needs.heldRun', { day: format.day(need.periodEnd) }), path: `/office/billing-runs/${need.runId}` }
      case 'parked-drafts':
        return { text: t('needs.parked', { count: need.count }), path: `/office/billing-runs/${need.runId}` }
    }
  }
}
