import { randomUUID } from 'node:crypto'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { typedAmount } from '#app/domain/money/typed-amount.ts'
import { paymentMethods } from '#app/domain/payment/payment.ts'
import { plainNumber } from '#app/domain/shared/plain-number.ts'
import { readCollecting } from '#app/services/settlement/read-collecting.server.ts'
import { recordTaken } from '#app/services/settlement/record-taken.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { Select, TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useSettlementErrors } from '#app/ui/payments/settlement-terms.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { asStaff, staffOf } from '#app/web/request/as-staff.server.ts'
import { line, uuid } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'

const TakenForm = z.object({
  accountId: uuid,
  formKey: uuid,
  number: line(40),
  amount: line(20),
  currency: z
    .string('required')
    .trim()
    .toUpperCase()
    .regex(/^[A-Z]{3}$/, 'invalid'),
  method: z.enum(paymentMethods, 'not-offered'),
  receivedOn: z.iso.date('invalid'),
})

export async function loader({ request }: LoaderFunctionArgs) {
  const page = await asStaff(request, 'payment:write', readCollecting)
  return { ...page, formKey: randomUUID(), title: await pageTitle(request, 'settlement', 'taken.title') }
}

const fieldOf = {
  'not-collecting': 'accountId',
  'document-not-found': 'number',
  'received-in-future': 'receivedOn',
  'amount-not-positive': 'amount',
} as const

export async function action({ request }: ActionFunctionArgs) {
  const { tenant, actor } = await staffOf(request, 'payment:write')
  const form = await parseForm(request, TakenForm)
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  const { amount: typed, currency, ...facts } = form.value
  const amount = typedAmount(plainNumber(typed) ?? '', currency)
  if (!amount) return data({ fields: { amount: 'amount' }, values: form.value }, { status: 422 })
  const taken = await recordTaken({ tenantId: tenant.tenantId, actor, amount, ...facts })
  if (taken.ok) return redirectWithToast(request, '/office/payouts', 'saved')
  return data({ fields: { [fieldOf[taken.error]]: taken.error }, values: form.value }, { status: 422 })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function MoneyTaken() {
  const { resellers, today, formKey } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation(['settlement', 'payment'])
  const error = useSettlementErrors(answer?.fields ?? {})
  const values: Readonly<Record<string, string>> = answer?.values ?? {}
  const common = (name: string, value = '') => ({ name, defaultValue: values[name] ?? value, error: error(name) })
  const crumbs = [{ label: t('payouts.title'), to: '/office/payouts' }]
  const [first] = resellers
  return (
    <>
      <PageHeader crumbs={crumbs} title={t('taken.title')} below={t('taken.lead')} />
      <Card className="max-w-2xl">
        {first ? (
          <Form method="post" className="grid gap-5">
            <FormToken />
            <input type="hidden" name="formKey" value={values.formKey ?? formKey} />
            <Select {...common('accountId', first.id)} label={t('payouts.reseller')}>
              {resellers.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </Select>
            <TextInput {...common('number')} label={t('taken.number')} help={t('taken.numberHelp')} dir="ltr" maxLength={40} required />
            <div className="grid gap-5 sm:grid-cols-2">
              <TextInput {...common('amount')} label={t('payment:amount')} inputMode="decimal" dir="ltr" maxLength={20} required />
              <TextInput {...common('currency', first.currency)} label={t('payment:currency')} dir="ltr" maxLength={3} required />
              <Select {...common('method', 'card')} label={t('payment:method')}>
                {paymentMethods.map((method) => (
                  <option key={method} value={method}>
                    {t(`payment:methods.${method}`)}
                  </option>
                ))}
              </Select>
              <TextInput {...common('receivedOn', today)} label={t('payment:receivedOn')} type="date" max={today} required />
            </div>
            <div>
              <SubmitButton>{t('taken.make')}</SubmitButton>
            </div>
          </Form>
        ) : (
          <EmptyState title={t('taken.nobody')} />
        )}
      </Card>
    </>
  )
}
