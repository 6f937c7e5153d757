import { randomUUID } from 'node:crypto'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { listGiftBatches } from '#app/reports/gifts/query.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { GiftBatchTable } from '#app/ui/catalog/gift-batch-table.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { issueGiftCodes } from '#app/web/desks/issue-gift-codes.server.ts'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { tenantOf } from '#app/web/request/tenant-of.server.ts'
import { IssueCard } from './issue-card.tsx'
import { IssuedCodes } from './issued-codes.tsx'

export async function loader({ request }: LoaderFunctionArgs) {
  const { currency } = await tenantOf(request)
  const page = await asStaff(request, 'payment:read', async (ctx, { can }) => ({
    batches: await listGiftBatches(ctx),
    mayIssue: can('payment:write'),
  }))
  return { ...page, currency, formKey: randomUUID(), title: await pageTitle(request, 'promotion', 'gifts.title') }
}

/** The codes are in the answer, this once. */
export async function action({ request }: ActionFunctionArgs) {
  const issued = await issueGiftCodes(request)
  return 'fields' in issued ? data(issued, { status: 422 }) : data(issued, { headers: { 'Cache-Control': 'no-store' } })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Gifts() {
  const { batches, mayIssue, currency, formKey } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('promotion')
  const issued = answer && 'codes' in answer ? answer : null
  const refused = answer && 'fields' in answer ? answer : undefined
  return (
    <>
      <PageHeader crumbs={[{ label: t('title'), to: '/office/promotions' }]} title={t('gifts.title')} below={t('gifts.lead')} />
      <div className="grid gap-6">
        {issued ? <IssuedCodes codes={issued.codes} waits={issued.waits} /> : null}
        <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,1fr)_24rem]">
          <Card isFlush>
            <GiftBatchTable batches={batches} />
          </Card>
          {mayIssue ? <IssueCard key={formKey} formKey={formKey} currency={currency} answer={refused} /> : null}
        </div>
      </div>
    </>
  )
}
