import { randomUUID } from 'node:crypto'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { typedAmount } from '#app/domain/money/typed-amount.ts'
import { paymentMethods } from '#app/domain/payment/payment.ts'
import { readAccountName } from '#app/reports/ledger/journal.server.ts'
import { currenciesOf, findBuyers, listOpenDocuments, readToday } from '#app/reports/payments/query.server.ts'
import { enterPayment } from '#app/services/payments/enter-payment.server.ts'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { dayOf, filterOf, idOf } from '#app/web/request/filters.ts'
import { line, uuid } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'
import { BuyerSearch } from './buyer-search.tsx'
import { PaymentForm } from './payment-form.tsx'

const RecordForm = z.object({
  accountId: uuid,
  formKey: uuid,
  method: z.enum(paymentMethods, 'not-offered'),
  amount: line(20),
  currency: z.string().regex(/^[A-Z]{3}$/, 'not-offered'),
  receivedOn: z.string('required').refine((day) => dayOf(day) !== undefined, 'invalid'),
  reference: line(140).optional(),
  payerName: line(140).optional(),
  settles: z.union([z.enum(['oldest', 'nothing']), uuid], 'not-offered'),
})

export async function loader({ request }: LoaderFunctionArgs) {
  const search = filterOf(request)
  const accountId = idOf(search.get('account'))
  const words = search.get('buyer')?.trim().slice(0, 80) ?? ''
  const page = await asStaff(request, 'payment:write', async (ctx) => {
    if (!accountId) return { buyer: null, found: words ? await findBuyers(ctx, words) : null }
    const name = orNotFound(await readAccountName(ctx, accountId))
    const currencies = await currenciesOf(ctx, accountId)
    const open = await listOpenDocuments(ctx, accountId)
    return { buyer: { id: accountId, name, currencies, open, today: await readToday(ctx) }, found: null }
  })
  return { ...page, words, formKey: randomUUID(), title: await pageTitle(request, 'payment', 'record.title') }
}

export async function action({ request }: ActionFunctionArgs) {
  const form = await parseForm(request, RecordForm)
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  const { amount: typed, currency, settles, reference, payerName, ...facts } = form.value
  const amount = typedAmount(typed, currency)
  const values = { ...form.value, reference: reference ?? '', payerName: payerName ?? '' }
  if (!amount) return data({ fields: { amount: 'amount' }, values }, { status: 422 })
  const payment = await asStaff(request, 'payment:write', (ctx) =>
    enterPayment(ctx, {
      ...facts,
      amount,
      reference: reference ?? null,
      payer: payerName ? { name: payerName, iban: null } : null,
      settles: settles === 'oldest' || settles === 'nothing' ? settles : { invoiceId: settles },
    }),
  )
  if (payment.ok) return redirectWithToast(request, `/office/payments/${payment.value.id}`, 'saved')
  return data({ problem: payment.error, values }, { status: 409 })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function RecordPayment() {
  const { buyer, found, words, formKey } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('payment')
  return (
    <>
      <PageHeader crumbs={[{ label: t('title'), to: '/office/payments' }]} title={t('record.title')} below={buyer?.name} />
      {buyer ? <PaymentForm buyer={buyer} formKey={formKey} answer={answer} /> : <BuyerSearch words={words} found={found} />}
    </>
  )
}
