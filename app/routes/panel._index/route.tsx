import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { readMonthBudget } from '#app/reports/budgets/query.server.ts'
import { readPanelDashboard } from '#app/reports/panel-dashboard/query.server.ts'
import { AsOf } from '#app/ui/as-of.tsx'
import { ButtonLink } from '#app/ui/button.tsx'
import { Card } from '#app/ui/card.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { Money } from '#app/ui/money.tsx'
import { PageHeader } from '#app/ui/page-header.tsx'
import { ServerStateView } from '#app/ui/server-state.tsx'
import { StatStrip } from '#app/ui/stat-strip.tsx'
import { TextLink } from '#app/ui/text-link.tsx'
import { asCustomer } from '#app/web/as-customer.server.ts'
import { pageTitle } from '#app/web/page-title.server.ts'
import { viewerOf } from '#app/web/session.server.ts'
import { NeedList } from './need-list.tsx'
import { changeFrom, SpendChart } from './spend-chart.tsx'

export async function loader({ request }: LoaderFunctionArgs) {
  const { dashboard, budget } = await asCustomer(request, undefined, async (ctx, { accountId, can }) => ({
    dashboard: await readPanelDashboard(ctx),
    budget: can('budget:read') ? await readMonthBudget(ctx, accountId) : null,
  }))
  const viewer = await viewerOf(request)
  const unconfirmed = viewer && !viewer.isEmailConfirmed ? [{ kind: 'email-unconfirmed' as const, email: viewer.email }] : []
  return { dashboard, budget, needs: [...unconfirmed, ...dashboard.needs], title: await pageTitle(request, 'panel', 'nav.overview') }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Dashboard() {
  const { dashboard, budget, needs } = useLoaderData<typeof loader>()
  const { t } = useTranslation(['panel', 'budget', 'common'])
  const change = changeFrom(dashboard)
  const servers = dashboard.servers.reduce((sum, { count }) => sum + count, 0)
  return (
    <>
      <PageHeader title={t('nav.overview')} below={<AsOf instant={dashboard.asOf} />} />
      <div className="grid grid-cols-1 gap-6">
        <StatStrip
          stats={[
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
            { label: t('dashboard.due'), value: <Money amount={dashboard.due} />, note: t('dashboard.dueNote') },
            { label: t('dashboard.accrued'), value: <Money amount={dashboard.accrued} />, note: t('dashboard.accruedNote') },
            { label: t('dashboard.credit'), value: <Money amount={dashboard.credit} /> },
            ...(dashboard.reserved && dashboard.reserved.minor > 0n
              ? [{ label: t('dashboard.reserved'), value: <Money amount={dashboard.reserved} />, note: t('dashboard.reservedNote') }]
              : []),
            ...(dashboard.available
              ? [{ label: t('dashboard.available'), value: <Money amount={dashboard.available} />, note: t('dashboard.availableNote') }]
              : []),
          ]}
        />
        <NeedList needs={needs} />
        <div className="grid grid-cols-1 items-start gap-6 xl:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
          <Card id="spend" title={t('dashboard.chart.title')} aside={t('common:money.net')}>
            <SpendChart dashboard={dashboard} budget={budget?.amount ?? null} />
          </Card>
          <Card id="servers" title={t('nav.servers')} aside={<TextLink to="/panel/servers">{t('dashboard.allServers')}</TextLink>} isFlush>
            {servers === 0 ? (
              <EmptyState
                title={t('servers.none')}
                action={
                  <ButtonLink to="/order" isOtherArea>
                    {t('create')}
                  </ButtonLink>
                }
              >
                {t('servers.noneText')}
              </EmptyState>
            ) : (
              <ul className="divide-y divide-border border-t border-border">
                {dashboard.servers.map(({ state, count }) => (
                  <li key={state}>
                    <TextLink
                      to={`/panel/servers?state=${state}`}
                      isQuiet
                      className="flex h-12 items-center justify-between px-card text-text hover:bg-soft"
                    >
                      <ServerStateView state={state} />
                      <span className="tabular font-medium">{count}</span>
                    </TextLink>
                  </li>
                ))}
              </ul>
            )}
          </Card>
        </div>
      </div>
    </>
  )
}
