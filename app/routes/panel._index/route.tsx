import { type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { readMonthBudget } from '#app/reports/budgets/query.server.ts'
import { listNewNews } from '#app/reports/news/query.server.ts'
import { readPanelDashboard } from '#app/reports/panel-dashboard/query.server.ts'
import type { PanelDashboard } from '#app/reports/panel-dashboard/shape.ts'
import { AsOf } from '#app/ui/base/as-of.tsx'
import { Card } from '#app/ui/base/card.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { landingOf, seesOverview } from '#app/web/desks/panel-landing.ts'
import { asCustomer, customerOf } from '#app/web/request/as-customer.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { viewerOf } from '#app/web/request/session.server.ts'
import { newsLanguagesOf } from '#app/web/store/news-pages.server.ts'
import { MonthStats } from './month-stats.tsx'
import { NeedList } from './need-list.tsx'
import { NewsCard } from './news-card.tsx'
import { ServersCard, SubscriptionsCard, TicketsCard } from './own-cards.tsx'
import { shelfOf } from './shelf.server.ts'
import { FirstOrder, ShelfCard } from './shelf-card.tsx'
import { SpendChart } from './spend-chart.tsx'

export async function loader({ request }: LoaderFunctionArgs) {
  const { membership } = await customerOf(request)
  if (!seesOverview(membership)) throw redirect(landingOf(membership))
  const languages = await newsLanguagesOf(request)
  const page = await asCustomer(request, undefined, async (ctx, { accountId, session, can }) => ({
    news: await listNewNews(ctx, { languages, accountId, userId: session.user.id }),
    dashboard: await readPanelDashboard(ctx, { language: languages[0], accountId }),
    budget: can('budget:read') ? await readMonthBudget(ctx, accountId) : null,
    mayOrder: can('order:write'),
    mayPay: can('payment:write'),
    maySeeSubscriptions: can('subscription:read'),
    maySeeTickets: can('ticket:read'),
  }))
  const viewer = await viewerOf(request)
  const unconfirmed = viewer && !viewer.isEmailConfirmed ? [{ kind: 'email-unconfirmed' as const, email: viewer.email }] : []
  return {
    ...page,
    needs: [...unconfirmed, ...page.dashboard.needs],
    shelf: page.mayOrder ? await shelfOf(request) : null,
    title: await pageTitle(request, 'panel', 'nav.overview'),
  }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Dashboard() {
  const { dashboard, budget, needs, news, shelf, mayPay, maySeeSubscriptions, maySeeTickets } = useLoaderData<typeof loader>()
  const { t } = useTranslation(['panel', 'common'])
  return (
    <>
      <PageHeader title={t('nav.overview')} below={<AsOf instant={dashboard.asOf} />} />
      <div className="grid grid-cols-1 gap-6">
        {shelf && isNew(dashboard) ? (
          <>
            <NeedList needs={needs} />
            <NewsCard news={news} />
            <FirstOrder shelf={shelf} />
          </>
        ) : (
          <>
            <MonthStats dashboard={dashboard} budget={budget} mayPay={mayPay} />
            <NeedList needs={needs} />
            <NewsCard news={news} />
            <div className="grid grid-cols-1 items-start gap-6 xl:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
              <div className="grid grid-cols-1 gap-6">
                <Card id="spend" title={t('dashboard.chart.title')} aside={t('common:money.net')}>
                  <SpendChart dashboard={dashboard} budget={budget?.amount ?? null} />
                </Card>
                {shelf ? <ShelfCard shelf={shelf} /> : null}
              </div>
              <div className="grid grid-cols-1 gap-6">
                <ServersCard servers={dashboard.servers} newestServers={dashboard.newestServers} />
                {maySeeSubscriptions ? (
                  <SubscriptionsCard subscriptions={dashboard.subscriptions} newestSubscriptions={dashboard.newestSubscriptions} />
                ) : null}
                {maySeeTickets ? <TicketsCard tickets={dashboard.tickets} /> : null}
              </div>
            </div>
          </>
        )}
      </div>
    </>
  )
}

/** Whether the account has nothing, owes nothing and has nothing in hand: then figures would be rows of zeros. */
function isNew({ servers, subscriptions, spendSoFar, lastMonthSameDays, due, accrued, credit, reserved }: PanelDashboard): boolean {
  const some = [spendSoFar, due, accrued, credit, ...(reserved ? [reserved] : [])]
  return servers.length === 0 && subscriptions === 0 && lastMonthSameDays === null && some.every(({ minor }) => minor === 0n)
}
