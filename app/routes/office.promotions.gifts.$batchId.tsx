import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { listGiftBatches, listRedeemedCodes } from '#app/reports/gifts/query.server.ts'
import { decideBatch } from '#app/services/gifts/issue-codes.server.ts'
import { Button } from '#app/ui/base/button.tsx'
import { Card } from '#app/ui/base/card.tsx'
import { DateTime, Day } from '#app/ui/base/date-time.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { Money } from '#app/ui/base/money.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { Pagination } from '#app/ui/tables/pagination.tsx'
import { Table } from '#app/ui/tables/table.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { filterOf, pageOf } from '#app/web/request/filters.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'

const DecideForm = z.object({ decision: z.enum(['approve', 'refuse', 'stop']) })

export async function loader({ request, params }: LoaderFunctionArgs) {
  const batchId = orNotFound(isUuid(params.batchId) ? params.batchId : null)
  const page = await asStaff(request, 'payment:read', async (ctx, { can }) => ({
    batch: orNotFound((await listGiftBatches(ctx, batchId))[0]),
    redeemed: await listRedeemedCodes(ctx, batchId, pageOf(filterOf(request))),
    mayDecide: can('payment:write'),
  }))
  return { ...page, title: await pageTitle(request, 'promotion', 'gifts.title') }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const batchId = orNotFound(isUuid(params.batchId) ? params.batchId : null)
  const form = await parseForm(request, DecideForm)
  if (!form.ok) return data({ problem: 'batch-decided' as const }, { status: 422 })
  const decided = await asStaff(request, 'payment:write', (ctx) => decideBatch(ctx, { batchId, ...form.value }))
  if (decided.ok) return redirectWithToast(request, `/office/promotions/gifts/${batchId}`, 'saved')
  return data({ problem: decided.error }, { status: 409 })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function GiftBatch() {
  const { batch, redeemed, mayDecide } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation(['promotion', 'payment'])
  const deeds = batch.state === 'waiting' ? (['approve', 'refuse'] as const) : batch.state === 'active' ? (['stop'] as const) : []
  return (
    <>
      <PageHeader
        crumbs={[
          { label: t('title'), to: '/office/promotions' },
          { label: t('gifts.title'), to: '/office/promotions/gifts' },
        ]}
        title={batch.name}
        facts={[
          { label: t('list.state'), value: t(`gifts.state.${batch.state}`) },
          { label: t('gifts.amount'), value: <Money amount={batch.amount} /> },
          { label: t('gifts.redeemed'), value: <bdi>{`${batch.redeemed} / ${batch.codes}`}</bdi> },
          { label: t('gifts.redeemUntil'), value: <Day day={batch.redeemUntil} /> },
          { label: t('gifts.lastsDays'), value: batch.lastsDays ?? t('gifts.forEver') },
          { label: t('gifts.by'), value: batch.createdBy },
        ]}
        actions={
          mayDecide && deeds.length > 0 ? (
            <Form method="post" className="flex flex-wrap gap-3">
              <FormToken />
              {deeds.map((deed) => (
                <Button key={deed} name="decision" value={deed} look={deed === 'approve' ? 'primary' : 'secondary'}>
                  {t(`gifts.deed.${deed}`)}
                </Button>
              ))}
            </Form>
          ) : undefined
        }
      />
      <div className="grid gap-6">
        {answer?.problem ? (
          <Notice tone="critical">{t(`gifts.problem.${answer.problem === 'same-person' ? 'same-person' : 'other'}`)}</Notice>
        ) : null}
        <Card title={t('gifts.redeemed')} isFlush>
          <Table
            caption={t('gifts.redeemed')}
            rows={redeemed.rows}
            rowKey={({ id }) => id}
            empty={<EmptyState title={t('gifts.noneRedeemed')} />}
            columns={[
              {
                key: 'code',
                head: t('codes.code'),
                isPrimary: true,
                cell: ({ ending }) => <bdi dir="ltr" className="font-mono">{`…${ending}`}</bdi>,
              },
              {
                key: 'account',
                head: t('gifts.account'),
                cell: ({ accountId, accountName }) => <TextLink to={`/office/accounts/${accountId}/balance`}>{accountName}</TextLink>,
              },
              { key: 'at', head: t('gifts.redeemedAt'), cell: ({ redeemedAt }) => <DateTime instant={redeemedAt} /> },
            ]}
          />
          <Pagination page={redeemed.page} pageSize={redeemed.pageSize} total={redeemed.total} />
        </Card>
      </div>
    </>
  )
}
