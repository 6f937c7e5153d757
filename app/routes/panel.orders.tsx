import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { listOwnOrders, type OwnOrder } from '#app/reports/orders/own-orders.server.ts'
import { ButtonLink } from '#app/ui/base/button.tsx'
import { Card } from '#app/ui/base/card.tsx'
import { DateTime } from '#app/ui/base/date-time.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { Money } from '#app/ui/base/money.tsx'
import { State } from '#app/ui/base/state.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { CursorPaging } from '#app/ui/tables/cursor-paging.tsx'
import { type Column, Table } from '#app/ui/tables/table.tsx'
import { asCustomer } from '#app/web/request/as-customer.server.ts'
import { filterOf } from '#app/web/request/filters.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { languageOf } from '#app/web/request/preferences.server.ts'
import { tenantOf } from '#app/web/request/tenant-of.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const language = await languageOf(request, await tenantOf(request))
  const cursor = filterOf(request).get('cursor')
  const page = await asCustomer(request, 'order:read', async (ctx, { can }) => ({
    list: await listOwnOrders(ctx, { limit: 50, cursor, language }),
    mayOrder: can('order:write'),
  }))
  return { ...page, title: await pageTitle(request, 'panel', 'orders.title') }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

const tones = { placed: 'info', provisioning: 'info', active: 'positive', failed: 'critical', refused: 'critical' } as const

export default function Orders() {
  const { list, mayOrder } = useLoaderData<typeof loader>()
  const { t } = useTranslation('panel')
  return (
    <>
      <PageHeader title={t('orders.title')} below={t('orders.lead')} />
      <Card isFlush>
        <Table
          caption={t('orders.title')}
          rows={list.rows}
          rowKey={({ id }) => id}
          empty={<EmptyState title={t('orders.none')} />}
          columns={useColumns(mayOrder)}
        />
        <CursorPaging nextCursor={list.nextCursor} />
      </Card>
    </>
  )
}

function useColumns(mayOrder: boolean): Column<OwnOrder>[] {
  const { t } = useTranslation('panel')
  return [
    {
      key: 'name',
      head: t('orders.what'),
      isPrimary: true,
      cell: ({ id, name, product, count }) => (
        <>
          <TextLink to={`/order/${id}`} isOtherArea>
            <bdi>{name || product}</bdi>
          </TextLink>{' '}
          {name && product && name !== product ? <span className="text-muted">{product}</span> : null}
          {count > 1 ? <span className="text-muted"> {t('orders.andMore', { count: count - 1 })}</span> : null}
        </>
      ),
    },
    { key: 'placed', head: t('orders.placed'), cell: ({ placedAt }) => <DateTime instant={placedAt} /> },
    { key: 'state', head: t('orders.stateHead'), cell: ({ state }) => <State tone={tones[state]}>{t(`orders.state.${state}`)}</State> },
    { key: 'total', head: t('orders.total'), isNumber: true, cell: ({ total }) => <Money amount={total} /> },
    {
      key: 'again',
      head: <span className="sr-only">{t('orders.again')}</span>,
      label: t('orders.again'),
      cell: ({ again, name, product }) =>
        again && mayOrder ? (
          <ButtonLink to={`/checkout?${again}`} look="secondary" size="small" isOtherArea>
            {t('orders.again')}
            <span className="sr-only"> {name || product}</span>
          </ButtonLink>
        ) : null,
    },
  ]
}
