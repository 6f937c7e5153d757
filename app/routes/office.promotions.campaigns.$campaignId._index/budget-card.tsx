import { useTranslation } from 'react-i18next'
import { subtract } from '#app/domain/money/money.ts'
import type { CampaignDetail } from '#app/reports/promotions/shape.ts'
import { Card } from '#app/ui/base/card.tsx'
import { Meter } from '#app/ui/base/meter.tsx'
import { useFormat } from '#app/ui/base/use-format.ts'

/** How much of the budget is promised; what is promised never exceeds it. */
export function BudgetCard({ campaign }: { campaign: CampaignDetail }) {
  const { t } = useTranslation('promotion')
  const format = useFormat()
  const { budget, spent, redeemed } = campaign
  return (
    <Card id="budget" title={t('campaign.budget')} aside={t('campaign.redeemed', { count: redeemed })}>
      {budget && spent ? (
        <div suppressHydrationWarning>
          <Meter
            label={t('campaign.budget')}
            share={budget.minor === 0n ? 1 : Number((spent.minor * 10_000n) / budget.minor) / 10_000}
            text={t('campaign.meter', {
              spent: format.money(spent),
              budget: format.money(budget),
              left: format.money(subtract(budget, spent)),
            })}
          />
        </div>
      ) : (
        <p className="text-sm text-muted">{t('campaign.noBudgetText')}</p>
      )}
    </Card>
  )
}
