import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { listShowbacks } from '#app/reports/invoices/showbacks.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { CursorPaging } from '#app/ui/tables/cursor-paging.tsx'
import { ShowbackTable } from '#app/ui/usage/showback-table.tsx'
import { asCustomer } from '#app/web/request/as-customer.server.ts'
import { filterOf } from '#app/web/request/filters.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const cursor = filterOf(request).get('cursor')
  const list = await asCustomer(request, 'usage:read', (ctx) => listShowbacks(ctx, { limit: 50, cursor }))
  return { list, title: await pageTitle(request, 'panel', 'showbacks.title') }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Showbacks() {
  const { list } = useLoaderData<typeof loader>()
  const { t } = useTranslation('panel')
  return (
    <>
      <PageHeader crumbs={[{ label: t('nav.usage'), to: '/panel/usage' }]} title={t('showbacks.title')} below={t('showbacks.lead')} />
      <Card isFlush>
        <ShowbackTable
          rows={list.rows}
          pathOf={(id) => `/panel/showbacks/${id}`}
          empty={<EmptyState title={t('showbacks.none')}>{t('showbacks.noneText')}</EmptyState>}
        />
        <CursorPaging nextCursor={list.nextCursor} />
      </Card>
    </>
  )
}
