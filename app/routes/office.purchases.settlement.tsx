import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { readOwnSettlement } from '#app/services/payouts/read-own.server.ts'
import { parentAccountOf, partiesOfEdge } from '#app/services/purchases/in-parent.server.ts'
import { acceptOwnTerms } from '#app/services/settlement/accept-own-terms.server.ts'
import { Button } from '#app/ui/base/button.tsx'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { PayoutTable } from '#app/ui/payments/payout-table.tsx'
import { TermsHistory } from '#app/ui/payments/settlement-terms.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { staffOf } from '#app/web/request/as-staff.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const { tenant, can } = await staffOf(request, 'purchase:read')
  const parent = orNotFound(await parentAccountOf(tenant.tenantId))
  const { seller } = orNotFound(await partiesOfEdge(parent))
  const own = await readOwnSettlement(parent)
  return { ...own, name: seller.legalName, mayAccept: can('settings:write'), title: await pageTitle(request, 'settlement', 'own.title') }
}

const AcceptForm = z.object({ termsId: z.uuid() })

export async function action({ request }: ActionFunctionArgs) {
  const { tenant, actor } = await staffOf(request, 'settings:write')
  const form = await parseForm(request, AcceptForm)
  if (!form.ok) return data({ problem: 'changed' as const }, { status: 422 })
  const accepted = await acceptOwnTerms({ tenantId: tenant.tenantId, termsId: form.value.termsId, actor })
  if (!accepted.ok) return data({ problem: 'changed' as const }, { status: 409 })
  return redirectWithToast(request, '/office/purchases/settlement', 'saved')
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function OwnSettlement() {
  const { history, now, payouts, name, asked, isIssuedByParent, mayAccept } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation(['settlement', 'statement'])
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('statement:purchases.title'), to: '/office/purchases' }]}
        title={t('own.title')}
        below={t('own.lead', { name })}
      />
      <div className="grid grid-cols-1 gap-6">
        {isIssuedByParent ? <Notice tone="info">{t('own.issuerNow', { name })}</Notice> : null}
        {asked ? (
          <Notice tone="warning">
            <p>{t('own.issuerAsk', { name })}</p>
            {mayAccept ? (
              <Form method="post" className="mt-3">
                <FormToken />
                <input type="hidden" name="termsId" value={asked} />
                <Button size="small">{t('terms.accept')}</Button>
              </Form>
            ) : null}
          </Notice>
        ) : null}
        <TermsHistory history={history} now={now} problem={answer?.problem ?? null} reader="buyer" />
        <Card title={t('own.payouts')} isFlush>
          <PayoutTable
            rows={payouts}
            empty={<EmptyState title={t('own.none')}>{t('own.noneText', { name })}</EmptyState>}
            statementPath={(id) => `/office/purchases/payouts/${id}`}
            documentPath={(id) => `/office/purchases/${id}`}
          />
        </Card>
      </div>
    </>
  )
}
