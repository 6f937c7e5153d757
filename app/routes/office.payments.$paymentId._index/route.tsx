import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { printIban } from '#app/domain/bank/iban.ts'
import { subtract } from '#app/domain/money/money.ts'
import { typedAmount } from '#app/domain/money/typed-amount.ts'
import { roundingFor } from '#app/domain/payment/allocation.ts'
import { readPaymentAtGateway } from '#app/reports/payments/disputes.server.ts'
import { listOpenDocuments, readPayment } from '#app/reports/payments/query.server.ts'
import { allocatePayment } from '#app/services/payments/allocate-payment.server.ts'
import { ButtonLink } from '#app/ui/base/button.tsx'
import { Day } from '#app/ui/base/date-time.tsx'
import { Money } from '#app/ui/base/money.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { BuyerLink } from '#app/ui/payments/ledger-parts.tsx'
import { PaymentStateView } from '#app/ui/payments/payment-table.tsx'
import { usePaymentProblem } from '#app/ui/payments/use-payment-problem.ts'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { filterOf } from '#app/web/request/filters.ts'
import { isUuid, line, uuid } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'
import { AllocateCard } from './allocate-card.tsx'
import { GatewayRefundsCard } from './gateway-refunds-card.tsx'
import { AllocationsCard, RefundsCard } from './use-cards.tsx'

const AllocateForm = z.object({ invoiceId: uuid, amount: line(20), rounds: z.literal('on').optional() })

export async function loader({ request, params }: LoaderFunctionArgs) {
  const paymentId = orNotFound(isUuid(params.paymentId) ? params.paymentId : null)
  const page = await asStaff(request, 'payment:read', async (ctx, { can, actor }) => {
    const payment = orNotFound(await readPayment(ctx, paymentId))
    const gateway = await readPaymentAtGateway(ctx, paymentId)
    const userId = actor.kind === 'user' ? actor.userId : null
    const open = await listOpenDocuments(ctx, payment.accountId)
    return {
      payment,
      gateway,
      userId,
      open: open.filter((each) => each.open.currency === payment.amount.currency),
      mayWrite: can('payment:write'),
    }
  })
  return { ...page, problem: filterOf(request).get('problem')?.slice(0, 60) ?? null, title: await pageTitle(request, 'payment', 'one') }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const paymentId = orNotFound(isUuid(params.paymentId) ? params.paymentId : null)
  const form = await parseForm(request, AllocateForm)
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  const { invoiceId, amount: typed, rounds } = form.value
  const values = { invoiceId, amount: typed }
  const result = await asStaff(request, 'payment:write', async (ctx) => {
    const payment = orNotFound(await readPayment(ctx, paymentId))
    const amount = typedAmount(typed, payment.amount.currency)
    if (!amount) return null
    const open = (await listOpenDocuments(ctx, payment.accountId)).find(({ id }) => id === invoiceId)?.open
    const isRounded = rounds && open && open.currency === amount.currency
    return allocatePayment(ctx, { paymentId, invoiceId, amount, ...(isRounded ? { rounding: roundingFor(amount, open) } : {}) })
  })
  if (!result) return data({ fields: { amount: 'amount' }, values }, { status: 422 })
  if (!result.ok) return data({ problem: result.error, values }, { status: 409 })
  return redirectWithToast(request, `/office/payments/${paymentId}`, 'saved')
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Payment() {
  const { payment, gateway, open, mayWrite, userId, problem: code } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('payment')
  const path = `/office/payments/${payment.id}`
  const problem = usePaymentProblem(code ? { problem: code } : undefined)
  const isKept = subtract(payment.amount, payment.refunded).minor > 0n
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('title'), to: '/office/payments' }]}
        title={t('one')}
        beside={<PaymentStateView state={payment.state} />}
        below={<BuyerLink accountId={payment.accountId} name={payment.buyerName} />}
        actions={
          mayWrite ? (
            <>
              {payment.unapplied.minor > 0n || (gateway && isKept) ? <Deed to={`${path}/refund`} label={t('refund.open')} /> : null}
              {isKept ? <Deed to={`${path}/return`} label={t('return.open')} /> : null}
            </>
          ) : null
        }
        facts={useFacts()}
      />
      <div className="grid grid-cols-1 items-start gap-6 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="grid min-w-0 gap-6">
          {problem ? <Notice tone="critical">{problem}</Notice> : null}
          <AllocationsCard allocations={payment.allocations} path={path} mayWrite={mayWrite} />
          <RefundsCard refunds={payment.refunds} />
          {gateway ? <GatewayRefundsCard paymentId={payment.id} refunds={gateway.refunds} mayWrite={mayWrite} userId={userId} /> : null}
        </div>
        {mayWrite && payment.unapplied.minor > 0n ? <AllocateCard unapplied={payment.unapplied} open={open} answer={answer} /> : null}
      </div>
    </>
  )
}

function Deed({ to, label }: { to: string; label: string }) {
  return (
    <ButtonLink to={to} look="secondary" size="small" className="h-9">
      {label}
    </ButtonLink>
  )
}

function useFacts() {
  const { payment, gateway } = useLoaderData<typeof loader>()
  const { t } = useTranslation('payment')
  const { reference, payerName, payerIban, recordedBy, refunded } = payment
  return [
    { label: t('amount'), value: <Money amount={payment.amount} /> },
    { label: t('allocated'), value: <Money amount={payment.allocated} /> },
    ...(refunded.minor > 0n ? [{ label: t('refunded'), value: <Money amount={refunded} /> }] : []),
    { label: t('unapplied'), value: <Money amount={payment.unapplied} /> },
    { label: t('receivedOn'), value: <Day day={payment.receivedOn} /> },
    { label: t('method'), value: t(`methods.${payment.method}`) },
    ...(reference ? [{ label: t('reference'), value: <bdi>{reference}</bdi> }] : []),
    ...(payerName ? [{ label: t('payer'), value: payerName }] : []),
    ...(payerIban ? [{ label: t('payerIban'), value: <bdi dir="ltr">{printIban(payerIban)}</bdi> }] : []),
    { label: t('recordedBy'), value: recordedBy ?? t('bySystem') },
    ...(gateway
      ? [
          {
            label: t('gateway.attempt'),
            value: <TextLink to={`/office/payments/attempts/${gateway.attemptId}`}>{t('gateway.show')}</TextLink>,
          },
        ]
      : []),
    ...(gateway?.disputes ?? []).map(({ id, state }) => ({
      label: t('gateway.dispute'),
      value: <TextLink to={`/office/disputes/${id}`}>{t(`gateway.disputeState.${state}`)}</TextLink>,
    })),
  ]
}
