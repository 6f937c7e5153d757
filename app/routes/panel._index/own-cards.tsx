import { useTranslation } from 'react-i18next'
import type { PanelDashboard } from '#app/reports/panel-dashboard/shape.ts'
import { ButtonLink } from '#app/ui/base/button.tsx'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { ServerStateView } from '#app/ui/cloud/server-state.tsx'
import { SubscriptionStateView } from '#app/ui/subscriptions/subscription-state.tsx'

const row = 'flex min-h-12 items-center justify-between gap-4 px-card py-2 text-sm'

/** How many servers are in which state, and the newest of them. */
export function ServersCard({ servers, newestServers }: Pick<PanelDashboard, 'servers' | 'newestServers'>) {
  const { t } = useTranslation('panel')
  return (
    <Card id="servers" title={t('nav.servers')} aside={<TextLink to="/panel/servers">{t('dashboard.allServers')}</TextLink>} isFlush>
      {servers.length === 0 ? (
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
        <>
          <ul className="flex flex-wrap gap-x-6 gap-y-1 px-card pb-3 text-sm">
            {servers.map(({ state, count }) => (
              <li key={state}>
                <TextLink to={`/panel/servers?state=${state}`} isQuiet className="inline-flex h-8 items-center gap-2 text-text">
                  <ServerStateView state={state} /> <span className="tabular font-medium">{count}</span>
                </TextLink>
              </li>
            ))}
          </ul>
          <ul className="divide-y divide-border border-t border-border">
            {newestServers.map(({ id, name, state, address }) => (
              <li key={id} className={row}>
                <span className="min-w-0">
                  <TextLink to={`/panel/servers/${id}`} isQuiet className="font-medium">
                    <bdi dir="ltr" className="break-all">
                      {name}
                    </bdi>
                  </TextLink>
                  {address ? (
                    <bdi dir="ltr" className="block text-muted">
                      {address}
                    </bdi>
                  ) : null}
                </span>
                <ServerStateView state={state} />
              </li>
            ))}
          </ul>
        </>
      )}
    </Card>
  )
}

/** The newest subscriptions, and how many there are. */
export function SubscriptionsCard({ subscriptions, newestSubscriptions }: Pick<PanelDashboard, 'subscriptions' | 'newestSubscriptions'>) {
  const { t } = useTranslation(['panel', 'subscription'])
  if (subscriptions === 0) return null
  return (
    <Card
      id="subscriptions"
      title={t('subscription:title')}
      aside={<TextLink to="/panel/subscriptions">{t('dashboard.allSubscriptions', { count: subscriptions })}</TextLink>}
      isFlush
    >
      <ul className="divide-y divide-border border-t border-border">
        {newestSubscriptions.map(({ id, name, product, state }) => (
          <li key={id} className={row}>
            <span className="min-w-0">
              <TextLink to={`/panel/subscriptions/${id}`} isQuiet className="font-medium">
                <bdi className="break-words">{name}</bdi>
              </TextLink>
              <bdi className="block text-muted">{product}</bdi>
            </span>
            <SubscriptionStateView state={state} />
          </li>
        ))}
      </ul>
    </Card>
  )
}

/** How many tickets are open, and how many of them wait for the reader; without any, the way to ask. */
export function TicketsCard({ tickets: { open, answered } }: Pick<PanelDashboard, 'tickets'>) {
  const { t } = useTranslation('ticket')
  return (
    <Card id="tickets" title={t('title')} aside={<TextLink to="/panel/tickets">{t('all')}</TextLink>}>
      <p className="text-sm">
        {t('openCount', { count: open })}
        {answered > 0 ? <span className="font-medium">{` ${t('answeredCount', { count: answered })}`}</span> : null}
      </p>
    </Card>
  )
}
