import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { readDisputeDetail } from '#app/reports/payments/disputes.server.ts'
import { DateTime } from '#app/ui/base/date-time.tsx'
import { Money } from '#app/ui/base/money.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { useLabel } from '#app/ui/base/use-label.ts'
import { DisputeStateView } from '#app/ui/payments/gateway-states.tsx'
import { BuyerLink } from '#app/ui/payments/ledger-parts.tsx'
import { usePaymentProblem } from '#app/ui/payments/use-payment-problem.ts'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { disputeDeed } from '#app/web/desks/dispute-deeds.server.ts'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'
import { EvidenceCard, FilesCard } from './evidence-cards.tsx'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const disputeId = orNotFound(isUuid(params.disputeId) ? params.disputeId : null)
  const page = await asStaff(request, 'payment:read', async (ctx, { can }) => ({
    dispute: orNotFound(await readDisputeDetail(ctx, disputeId)),
    mayWrite: can('payment:write'),
  }))
  return { ...page, title: await pageTitle(request, 'payment', 'gateway.dispute') }
}

export function action({ request, params }: ActionFunctionArgs) {
  return disputeDeed(request, orNotFound(isUuid(params.disputeId) ? params.disputeId : null))
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Dispute() {
  const { dispute, mayWrite } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('payment')
  const problem = usePaymentProblem(answer)
  const isOpen = mayWrite && dispute.state === 'needs-response'
  return (
    <>
      <PageHeader
        crumbs={[
          { label: t('title'), to: '/office/payments' },
          { label: t('gateway.disputes'), to: '/office/disputes' },
        ]}
        title={t('gateway.dispute')}
        beside={<DisputeStateView state={dispute.state} />}
        below={<BuyerLink accountId={dispute.accountId} name={dispute.buyerName} />}
        facts={useFacts()}
      />
      <div className="grid max-w-3xl gap-6">
        <Notice tone={dispute.state === 'won' ? 'positive' : 'info'}>{t(`gateway.disputeMeans.${dispute.state}`)}</Notice>
        {problem ? <Notice tone="critical">{problem}</Notice> : null}
        <EvidenceCard evidence={dispute.evidence} isOpen={isOpen} answer={answer} />
        <FilesCard files={dispute.files} isOpen={isOpen} />
      </div>
    </>
  )
}

function useFacts() {
  const { dispute } = useLoaderData<typeof loader>()
  const { t } = useTranslation('payment')
  const label = useLabel()
  const { reason, respondBy, paymentId, attemptId, fee } = dispute
  return [
    { label: t('amount'), value: <Money amount={dispute.amount} /> },
    ...(fee.minor > 0n ? [{ label: t('gateway.fee'), value: <Money amount={fee} /> }] : []),
    { label: t('reason'), value: label(`payment:gateway.disputeReason.${reason}`, reason) },
    { label: t('gateway.opened'), value: <DateTime instant={dispute.openedAt} /> },
    ...(respondBy ? [{ label: t('gateway.respondBy'), value: <DateTime instant={respondBy} /> }] : []),
    { label: t('one'), value: <TextLink to={`/office/payments/${paymentId}`}>{t('gateway.toPayment')}</TextLink> },
    { label: t('gateway.attempt'), value: <TextLink to={`/office/payments/attempts/${attemptId}`}>{t('gateway.show')}</TextLink> },
    { label: t('reference'), value: <bdi>{dispute.disputeRef}</bdi> },
  ]
}
