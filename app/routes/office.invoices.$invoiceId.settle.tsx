import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { subtract, toDecimal } from '#app/domain/money/money.ts'
import { typedAmount } from '#app/domain/money/typed-amount.ts'
import { lesser } from '#app/domain/payment/payment.ts'
import { readInvoice } from '#app/reports/invoices/query.server.ts'
import { listUnusedMoney } from '#app/reports/payments/unused.server.ts'
import { allocatePayment } from '#app/services/payments/allocate-payment.server.ts'
import { applyCredit } from '#app/services/payments/apply-credit.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { useFormat } from '#app/ui/base/use-format.ts'
import { Select, TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { usePaymentProblem } from '#app/ui/payments/use-payment-problem.ts'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { isUuid, line } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'

const SettleForm = z.object({ source: z.string('required').regex(/^(payment|credit):[0-9a-f-]{36}$/, 'not-offered'), amount: line(20) })

export async function loader({ request, params }: LoaderFunctionArgs) {
  const invoiceId = orNotFound(isUuid(params.invoiceId) ? params.invoiceId : null)
  const page = await asStaff(request, 'payment:write', async (ctx) => {
    const { number, accountId, total, paid } = orNotFound(await readInvoice(ctx, invoiceId))
    return { number, accountId, open: subtract(total, paid), unused: await listUnusedMoney(ctx, accountId, total.currency) }
  })
  return { ...page, invoiceId, title: await pageTitle(request, 'payment', 'settle.title') }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const invoiceId = orNotFound(isUuid(params.invoiceId) ? params.invoiceId : null)
  const form = await parseForm(request, SettleForm)
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  const [kind, id = ''] = form.value.source.split(':')
  const result = await asStaff(request, 'payment:write', async (ctx) => {
    const { total } = orNotFound(await readInvoice(ctx, invoiceId))
    const amount = typedAmount(form.value.amount, total.currency)
    if (!amount) return null
    return kind === 'credit'
      ? applyCredit(ctx, { creditNoteId: id, invoiceId, amount })
      : allocatePayment(ctx, { paymentId: id, invoiceId, amount })
  })
  if (!result) return data({ fields: { amount: 'amount' }, values: form.value }, { status: 422 })
  if (!result.ok) return data({ problem: result.error, values: form.value }, { status: 409 })
  return redirectWithToast(request, `/office/invoices/${invoiceId}`, 'saved')
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function SettleInvoice() {
  const { invoiceId, number, accountId, unused, open } = useLoaderData<typeof loader>()
  const { t } = useTranslation(['payment', 'office'])
  return (
    <>
      <PageHeader
        crumbs={[
          { label: t('office:nav.invoices'), to: '/office/invoices' },
          { label: number, to: `/office/invoices/${invoiceId}` },
        ]}
        title={t('payment:settle.title')}
        below={t('payment:settle.lead')}
      />
      <Card className="max-w-2xl">
        {unused.length > 0 && open.minor > 0n ? (
          <SettleFields />
        ) : (
          <p className="text-sm">
            {t('payment:settle.nothing')} <TextLink to={`/office/payments/new?account=${accountId}`}>{t('payment:record.open')}</TextLink>
          </p>
        )}
      </Card>
    </>
  )
}

function SettleFields() {
  const { unused, open } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('payment')
  const format = useFormat()
  const { error, typed } = useFieldErrors(answer)
  const problem = usePaymentProblem(answer)
  const [first] = unused
  return (
    <Form method="post" className="grid gap-5">
      <FormToken />
      {problem ? <Notice tone="critical">{problem}</Notice> : null}
      <Select name="source" label={t('settle.source')} defaultValue={typed('source')} error={error('source')}>
        {unused.map(({ kind, id, name, left }) => (
          <option key={id} value={`${kind}:${id}`} suppressHydrationWarning>
            {t(`settle.${kind}`, { name: kind === 'payment' ? format.day(name) : name, amount: format.money(left) })}
          </option>
        ))}
      </Select>
      <TextInput
        name="amount"
        label={t('allocate.amount', { currency: open.currency })}
        defaultValue={typed('amount') ?? toDecimal(first ? lesser(first.left, open) : open).toFixed()}
        error={error('amount')}
        required
        inputMode="decimal"
        dir="ltr"
        maxLength={20}
      />
      <div>
        <SubmitButton>{t('allocate.make')}</SubmitButton>
      </div>
    </Form>
  )
}
