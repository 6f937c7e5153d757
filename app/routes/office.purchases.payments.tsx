import { randomUUID } from 'node:crypto'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { printIban } from '#app/domain/bank/iban.ts'
import { typedAmount } from '#app/domain/money/typed-amount.ts'
import { readAnnouncing } from '#app/reports/payments/expected.server.ts'
import { announcePayment, withdrawAnnouncement } from '#app/services/payments/announce-payment.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { CurrencyOptions } from '#app/ui/forms/currency-options.tsx'
import { Select, TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { ExpectedTable } from '#app/ui/payments/expected-table.tsx'
import { usePaymentProblem } from '#app/ui/payments/use-payment-problem.ts'
import { Facts, PageHeader } from '#app/ui/shell/page-header.tsx'
import { asBuyer } from '#app/web/request/as-buyer.server.ts'
import { dayOf } from '#app/web/request/filters.ts'
import { line, uuid } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'

const AnnounceForm = z.object({
  formKey: uuid,
  amount: line(20),
  currency: z.string().regex(/^[A-Z]{3}$/, 'not-offered'),
  dueOn: z.string('required').refine((day) => dayOf(day) !== undefined, 'invalid'),
})
const WithdrawForm = z.object({ withdrawn: uuid })

export async function loader({ request }: LoaderFunctionArgs) {
  const page = await asBuyer(request, 'purchase:read', (ctx, accountId) => readAnnouncing(ctx, accountId))
  return { ...page, formKey: randomUUID(), title: await pageTitle(request, 'payment', 'announce.title') }
}

/** Staff of a reseller announce what they will pay to its seller, or withdraw it; both take the right to payments. */
export async function action({ request }: ActionFunctionArgs) {
  const withdrawal = await parseForm(request.clone(), WithdrawForm)
  if (withdrawal.ok) {
    const done = await asBuyer(request, 'payment:write', (ctx) => withdrawAnnouncement(ctx, withdrawal.value.withdrawn))
    return done.ok
      ? redirectWithToast(request, '/office/purchases/payments', 'saved')
      : data({ problem: 'other', values: {} }, { status: 404 })
  }
  const form = await parseForm(request, AnnounceForm)
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  const { amount: typed, currency, ...facts } = form.value
  const amount = typedAmount(typed, currency)
  if (!amount) return data({ fields: { amount: 'amount' }, values: form.value }, { status: 422 })
  const announced = await asBuyer(request, 'payment:write', (ctx, accountId) => announcePayment(ctx, { ...facts, accountId, amount }))
  if (!announced.ok) return data({ problem: announced.error, values: form.value }, { status: 409 })
  return redirectWithToast(request, '/office/purchases/payments', 'saved')
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function AnnouncePayments() {
  const { bank, rows } = useLoaderData<typeof loader>()
  const { t } = useTranslation(['payment', 'statement'])
  const awaited = rows.filter(({ state }) => state === 'awaited' || state === 'overdue')
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('statement:purchases.title'), to: '/office/purchases' }]}
        title={t('payment:announce.title')}
        below={t('payment:announce.lead')}
      />
      <div className="grid grid-cols-1 items-start gap-6 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <Card isFlush title={t('payment:expected.title')}>
          <ExpectedTable rows={rows} />
        </Card>
        <div className="grid gap-6">
          <Card title={t('payment:announce.where')}>
            {bank ? (
              <Facts
                facts={[
                  { label: t('payment:announce.holder'), value: bank.holder },
                  { label: t('payment:announce.bank'), value: bank.bankName },
                  { label: 'IBAN', value: <bdi dir="ltr">{printIban(bank.iban)}</bdi> },
                  ...(bank.bic ? [{ label: 'BIC', value: <bdi dir="ltr">{bank.bic}</bdi> }] : []),
                ]}
              />
            ) : (
              <p className="text-sm">{t('payment:announce.noBank')}</p>
            )}
          </Card>
          <AnnounceCard />
          {awaited.length > 0 ? <WithdrawCard awaited={awaited} /> : null}
        </div>
      </div>
    </>
  )
}

function AnnounceCard() {
  const { currencies, today, formKey } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('payment')
  const { error, typed } = useFieldErrors(answer)
  const problem = usePaymentProblem(answer)
  const common = (name: string, value = '') => ({ name, defaultValue: typed(name) ?? value, error: error(name) })
  return (
    <Card title={t('announce.make')}>
      <Form method="post" className="grid gap-5">
        <FormToken />
        <input type="hidden" name="formKey" value={typed('formKey') ?? formKey} />
        {problem ? <Notice tone="critical">{problem}</Notice> : null}
        <TextInput {...common('amount')} label={t('amount')} required inputMode="decimal" dir="ltr" maxLength={20} />
        <Select {...common('currency', currencies[0])} label={t('currency')}>
          <CurrencyOptions codes={currencies} />
        </Select>
        <TextInput {...common('dueOn', today)} label={t('announce.dueOn')} type="date" min={today} required />
        <div>
          <SubmitButton>{t('announce.make')}</SubmitButton>
        </div>
      </Form>
    </Card>
  )
}

function WithdrawCard({ awaited }: { awaited: readonly { readonly id: string; readonly reference: string }[] }) {
  const { t } = useTranslation('payment')
  return (
    <Card title={t('announce.withdraw')}>
      <Form method="post" className="grid gap-5">
        <FormToken />
        <Select name="withdrawn" label={t('reference')}>
          {awaited.map(({ id, reference }) => (
            <option key={id} value={id}>
              {reference}
            </option>
          ))}
        </Select>
        <div>
          <SubmitButton look="secondary">{t('announce.withdraw')}</SubmitButton>
        </div>
      </Form>
    </Card>
  )
}
