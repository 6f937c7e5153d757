import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { parentAccountOf, partiesOfEdge } from '#app/services/purchases/in-parent.server.ts'
import { listPurchases } from '#app/services/purchases/list-purchases.server.ts'
import { ButtonLink } from '#app/ui/base/button.tsx'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { PurchaseTable } from '#app/ui/documents/purchase-table.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { CursorPaging } from '#app/ui/tables/cursor-paging.tsx'
import { asStaff, staffOf } from '#app/web/request/as-staff.server.ts'
import { filterOf } from '#app/web/request/filters.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const { tenant } = await staffOf(request, 'purchase:read')
  const parent = orNotFound(await parentAccountOf(tenant.tenantId))
  const { seller } = orNotFound(await partiesOfEdge(parent))
  const cursor = filterOf(request).get('cursor')
  const list = await asStaff(request, 'purchase:read', (ctx) => listPurchases(ctx, { cursor, timeZone: seller.timeZone }))
  return { list, seller: seller.legalName, title: await pageTitle(request, 'statement', 'purchases.title') }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Purchases() {
  const { list, seller } = useLoaderData<typeof loader>()
  const { t } = useTranslation(['statement', 'payment', 'settlement'])
  return (
    <>
      <PageHeader
        title={t('purchases.title')}
        below={t('purchases.lead', { name: seller })}
        actions={
          <>
            <ButtonLink to="/office/purchases/payments" look="secondary" size="small" className="h-9">
              {t('payment:announce.title')}
            </ButtonLink>
            <ButtonLink to="/office/purchases/settlement" look="secondary" size="small" className="h-9">
              {t('settlement:own.title')}
            </ButtonLink>
            <ButtonLink to="/office/purchases/credit" look="secondary" size="small" className="h-9">
              {t('settlement:credit.own')}
            </ButtonLink>
            <ButtonLink to="/office/purchases/statement" look="secondary" size="small" className="h-9">
              {t('purchases.statement')}
            </ButtonLink>
          </>
        }
      />
      <Card isFlush>
        <PurchaseTable rows={list.rows} empty={<EmptyState title={t('purchases.none')}>{t('purchases.noneText')}</EmptyState>} />
        <CursorPaging nextCursor={list.nextCursor} />
      </Card>
    </>
  )
}
