import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { readAccountCurrency } from '#app/reports/paying/account-currency.server.ts'
import { isAutoPayOn, listSavedMethods, type SavedMethodView } from '#app/reports/paying/query.server.ts'
import { chooseDefaultMethod, removeMethod, setAutoPay } from '#app/services/gateways/keep-methods.server.ts'
import { offeredGateways } from '#app/services/gateways/offered-gateways.server.ts'
import { startSetup } from '#app/services/gateways/start-checkout.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { State } from '#app/ui/base/state.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { usePayProblem } from '#app/ui/payments/use-pay-problem.ts'
import { Expiry, SavedName } from '#app/ui/payments/way-to-pay.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { type Payer, payerOf } from '#app/web/desks/pay-desk.server.ts'
import { asCustomer } from '#app/web/request/as-customer.server.ts'
import { asSeller } from '#app/web/request/as-seller.server.ts'
import { uuid } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'

const path = '/panel/payment-methods'

export async function loader({ request }: LoaderFunctionArgs) {
  const { process } = await payerOf(request)
  const page = await asCustomer(request, 'payment:write', async (ctx, { accountId }) => ({
    methods: await listSavedMethods(ctx, accountId),
    isAutoPay: await isAutoPayOn(ctx, accountId),
  }))
  const gateways = (await offeredGateways(process, null)).filter(({ savesMethods }) => savesMethods)
  return { ...page, gateways, title: await pageTitle(request, 'pay', 'methods.title') }
}

const DeedForm = z.object({
  deed: z.enum(['default', 'remove', 'add', 'auto-on', 'auto-off']),
  methodId: uuid.optional(),
  gatewayId: uuid.optional(),
})
type DeedForm = z.output<typeof DeedForm>

export async function action({ request }: ActionFunctionArgs) {
  const payer = await payerOf(request)
  const form = await parseForm(request, DeedForm)
  if (!form.ok) return data({ problem: 'other' as const }, { status: 422 })
  if (form.value.deed === 'add') return addMethod(request, payer, form.value.gatewayId)
  const done = await change(request, payer, form.value)
  return done.ok ? redirectWithToast(request, path, 'saved') : data({ problem: done.error }, { status: 409 })
}

function change(request: Request, { process, customer: { accountId } }: Payer, { deed, methodId = '' }: DeedForm) {
  const method = { accountId, paymentMethodId: methodId }
  if (deed === 'remove') return removeMethod(process, method)
  if (deed === 'default') return asSeller(request, (ctx) => chooseDefaultMethod(ctx, method))
  return asSeller(request, (ctx) => setAutoPay(ctx, { accountId, isOn: deed === 'auto-on' }))
}

async function addMethod(request: Request, { process, customer, host, language }: Payer, gatewayAccountId: string | undefined) {
  const { accountId, actor } = customer
  const currency = await asSeller(request, (ctx) => readAccountCurrency(ctx, accountId))
  const started = await startSetup(process, {
    accountId,
    actor,
    host,
    language,
    currency,
    returnPath: '/panel/pay/:attemptId',
    ...(gatewayAccountId ? { gatewayAccountId } : {}),
  })
  return started.ok ? redirect(`/panel/pay/${started.value.attemptId}?from=form`) : data({ problem: started.error }, { status: 409 })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function PaymentMethods() {
  const { methods, gateways } = useLoaderData<typeof loader>()
  const { t } = useTranslation('pay')
  const problem = usePayProblem(useActionData<typeof action>())
  return (
    <>
      <PageHeader title={t('methods.title')} below={t('methods.lead')} />
      <div className="grid max-w-[40rem] gap-6">
        {problem ? <Notice tone="critical">{problem}</Notice> : null}
        <Card id="methods" title={t('methods.saved')}>
          {methods.length === 0 ? <EmptyState title={t('methods.none')}>{t('methods.noneText')}</EmptyState> : null}
          <ul className="grid gap-4 divide-y divide-border">
            {methods.map((method) => (
              <Method key={method.id} method={method} />
            ))}
          </ul>
          <div className="mt-4 flex flex-wrap gap-3">
            {gateways.map(({ id, gateway }) => (
              <Deed key={id} deed="add" label={t('methods.add', { name: t(`gateway.${gateway}`) })} fields={{ gatewayId: id }} />
            ))}
          </div>
        </Card>
        <AutoPay />
      </div>
    </>
  )
}

function Method({ method }: { readonly method: SavedMethodView }) {
  const { t } = useTranslation('pay')
  const name = [method.label, method.lastDigits].filter(Boolean).join(' ')
  return (
    <li className="flex flex-wrap items-center justify-between gap-3 pt-4 first:pt-0">
      <span className="grid gap-1">
        <span className="flex flex-wrap items-center gap-3 font-medium">
          <SavedName method={method} />
          {method.isDefault ? <State tone="positive">{t('methods.default')}</State> : null}
        </span>
        {method.expiresOn ? (
          <span className="text-sm text-muted">
            <Expiry day={method.expiresOn} />
          </span>
        ) : null}
      </span>
      <span className="flex flex-wrap gap-2">
        {method.isDefault ? null : <Deed deed="default" label={t('methods.makeDefault')} of={name} fields={{ methodId: method.id }} />}
        <Deed deed="remove" label={t('methods.remove')} of={name} fields={{ methodId: method.id }} />
      </span>
    </li>
  )
}

type DeedProps = {
  readonly deed: DeedForm['deed']
  readonly label: string
  /** What it is done to, for who hears the page. */
  readonly of?: string
  readonly fields?: Readonly<Record<string, string>>
}

function Deed({ deed, label, of, fields = {} }: DeedProps) {
  return (
    <Form method="post">
      <FormToken />
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <SubmitButton look={deed === 'remove' ? 'danger' : 'secondary'} size="small" name="deed" value={deed}>
        {label}
        {of ? <span className="sr-only"> {of}</span> : null}
      </SubmitButton>
    </Form>
  )
}

function AutoPay() {
  const { isAutoPay, methods } = useLoaderData<typeof loader>()
  const { t } = useTranslation('pay')
  return (
    <Card
      id="auto-pay"
      title={t('auto.title')}
      aside={<State tone={isAutoPay ? 'positive' : 'neutral'}>{t(isAutoPay ? 'auto.on' : 'auto.off')}</State>}
    >
      <p className="mb-4 text-sm text-muted">{t('auto.text')}</p>
      {isAutoPay ? <Deed deed="auto-off" label={t('auto.turnOff')} /> : null}
      {!isAutoPay && methods.length > 0 ? <Deed deed="auto-on" label={t('auto.turnOn')} /> : null}
      {!isAutoPay && methods.length === 0 ? <p className="text-sm">{t('auto.needsMethod')}</p> : null}
    </Card>
  )
}
