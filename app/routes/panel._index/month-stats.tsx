import { useTranslation } from 'react-i18next'
import type { ShownBudget } from '#app/reports/budgets/shape.ts'
import type { PanelDashboard } from '#app/reports/panel-dashboard/shape.ts'
import { ButtonLink } from '#app/ui/base/button.tsx'
import { Meter } from '#app/ui/base/meter.tsx'
import { Money } from '#app/ui/base/money.tsx'
import { type Stat, StatStrip } from '#app/ui/base/stat-strip.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { useFormat } from '#app/ui/base/use-format.ts'
import { changeFrom } from './spend-chart.tsx'

type MonthProps = { readonly dashboard: PanelDashboard; readonly budget: ShownBudget | null; readonly mayPay: boolean }

/** What the month costs so far and will, and apart from it what is due, what runs up and what is in hand. */
export function MonthStats({ dashboard, budget, mayPay }: MonthProps) {
  return (
    <div className="grid grid-cols-1 gap-6">
      <StatStrip stats={[...useSpendStats({ dashboard, budget, mayPay }), ...useOwedStats({ dashboard, budget, mayPay })]} />
      {budget ? <BudgetMeter dashboard={dashboard} budget={budget} /> : null}
    </div>
  )
}

function useSpendStats({ dashboard, budget }: MonthProps): Stat[] {
  const { t } = useTranslation(['panel', 'budget', 'common'])
  const change = changeFrom(dashboard)
  return [
    {
      label: t('dashboard.spendSoFar'),
      value: <Money amount={dashboard.spendSoFar} />,
      note: change ? t(`dashboard.change.${change.direction}`, { percent: change.percent }) : t('dashboard.firstMonth'),
      isMain: true,
    },
    {
      label: t('dashboard.forecast'),
      value: (
        <>
          {t('common:about')} <Money amount={dashboard.forecast} />
        </>
      ),
      note: t('dashboard.forecastNote'),
    },
    ...(budget
      ? [
          {
            label: <TextLink to={`/panel/budgets/${budget.id}`}>{t('budget:dashboard.label')}</TextLink>,
            value: <Money amount={budget.amount} />,
            note: t('budget:dashboard.note', { percent: budget.percent }),
          },
        ]
      : []),
  ]
}

function useOwedStats({ dashboard, mayPay }: MonthProps): Stat[] {
  const { t } = useTranslation('panel')
  const format = useFormat()
  const { due, reserved, available } = dashboard
  const isPayable = mayPay && due.minor > 0n
  return [
    {
      label: t('dashboard.due'),
      value: <Money amount={due} />,
      note: isPayable ? (
        <ButtonLink to="/panel/pay" size="small" className="mt-1">
          <span suppressHydrationWarning>{t('dashboard.pay', { amount: format.money(due) })}</span>
        </ButtonLink>
      ) : (
        t('dashboard.dueNote')
      ),
    },
    { label: t('dashboard.accrued'), value: <Money amount={dashboard.accrued} />, note: t('dashboard.accruedNote') },
    { label: t('dashboard.credit'), value: <Money amount={dashboard.credit} /> },
    ...(reserved && reserved.minor > 0n
      ? [{ label: t('dashboard.reserved'), value: <Money amount={reserved} />, note: t('dashboard.reservedNote') }]
      : []),
    ...(available ? [{ label: t('dashboard.available'), value: <Money amount={available} />, note: t('dashboard.availableNote') }] : []),
  ]
}

/** The month against its budget, with the part that is still to come at the present pace. */
function BudgetMeter({ dashboard, budget }: { readonly dashboard: PanelDashboard; readonly budget: ShownBudget }) {
  const { t } = useTranslation('panel')
  const format = useFormat()
  const { spendSoFar, forecast } = dashboard
  const shareOf = (minor: bigint) => (budget.amount.minor > 0n ? Number((minor * 10_000n) / budget.amount.minor) / 10_000 : 0)
  return (
    <Meter
      label={t('dashboard.meter')}
      text={t('dashboard.meterText', {
        spent: format.money(spendSoFar),
        amount: format.money(budget.amount),
        forecast: format.money(forecast),
      })}
      share={shareOf(spendSoFar.minor)}
      forecastShare={shareOf(forecast.minor)}
    />
  )
}
