import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { type SignUpScreening, signUpScreenings } from '#app/domain/fraud/judge-sign-up.ts'
import { fraudReasons } from '#app/domain/fraud/screen.ts'
import { type ScreeningScope, screeningScopes } from '#app/domain/fraud/settings.ts'
import { type Money, toDecimal } from '#app/domain/money/money.ts'
import { typedAmount } from '#app/domain/money/typed-amount.ts'
import { readScreeningSettings } from '#app/reports/screening/settings.server.ts'
import { saveFraudSettings } from '#app/services/fraud/keep-fraud-settings.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { Select, TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { ScreeningTabs } from '#app/ui/people/screening-tabs.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'

const scores = ['reviewScore', 'refuseScore'] as const
const limits = ['ordersPerAccount', 'ordersPerAddress', 'signUpsPerAddress'] as const
const largeField = ({ currency }: Pick<Money, 'currency'>) => `large${currency}`

export async function loader({ request }: LoaderFunctionArgs) {
  const page = await asStaff(request, 'settings:write', async (ctx, { can }) => ({
    settings: await readScreeningSettings(ctx),
    mayDecide: can('order:write'),
  }))
  return { ...page, title: await pageTitle(request, 'screening', 'settings.title') }
}

const whole = (least: number) => z.coerce.number('percent').int('percent').min(least, 'percent').max(10_000, 'percent')

type Choices = { readonly scope: ScreeningScope; readonly signUps: SignUpScreening }

/** A weight for each reason and an amount in each currency, beside what is the same for every seller. */
function settingsForm(largeOrder: readonly Money[]) {
  const amount = (currency: string) => z.string('required').refine((text) => typedAmount(text, currency) !== undefined, 'amount')
  return z.object({
    scope: z.enum(screeningScopes),
    signUps: z.enum(signUpScreenings),
    ...Object.fromEntries([...scores, ...limits].map((name) => [name, whole(1)])),
    ...Object.fromEntries(fraudReasons.map((reason) => [reason, whole(0)])),
    ...Object.fromEntries(largeOrder.map((large) => [largeField(large), amount(large.currency)])),
  })
}

export async function action({ request }: ActionFunctionArgs) {
  const { largeOrder } = await asStaff(request, 'settings:write', (ctx) => readScreeningSettings(ctx))
  const form = await parseForm(request, settingsForm(largeOrder))
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  const { scope, signUps, ...typed } = form.value as Choices & Record<string, number | string>
  const numbers = <Name extends string>(names: readonly Name[]) =>
    Object.fromEntries(names.map((name) => [name, Number(typed[name])])) as Record<Name, number>
  const amounts = largeOrder.map((large) => [large.currency, typedAmount(String(typed[largeField(large)]), large.currency)?.minor ?? 0n])
  const settings = {
    scope,
    signUps,
    weights: numbers(fraudReasons),
    largeOrder: Object.fromEntries(amounts),
    ...numbers(scores),
    ...numbers(limits),
  }
  const result = await asStaff(request, 'settings:write', (ctx) => saveFraudSettings(ctx, settings))
  if (result.ok) return redirectWithToast(request, '/office/screening', 'saved')
  const values = Object.fromEntries(Object.entries(form.value).map(([name, value]) => [name, String(value)]))
  return data({ fields: { refuseScore: result.error }, values }, { status: 422 })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function ScreeningSettings() {
  const { settings, mayDecide } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('screening')
  const { error, typed } = useFieldErrors(answer)
  const number = (name: string, value: number | string) => ({
    name,
    required: true,
    inputMode: 'decimal' as const,
    defaultValue: typed(name) ?? value,
    error: error(name),
  })
  return (
    <>
      <PageHeader title={t('settings.title')} below={t('settings.lead')} />
      <ScreeningTabs mayWrite={mayDecide} maySet />
      <Card className="max-w-3xl">
        <Form method="post" className="grid items-start gap-5 sm:grid-cols-2">
          <FormToken />
          <Select name="scope" label={t('settings.scope')} defaultValue={typed('scope') ?? settings.scope} className="sm:col-span-2">
            {screeningScopes.map((scope) => (
              <option key={scope} value={scope}>
                {t(`scope.${scope}`)}
              </option>
            ))}
          </Select>
          <Select
            name="signUps"
            label={t('settings.signUps')}
            defaultValue={typed('signUps') ?? settings.signUps}
            className="sm:col-span-2"
          >
            {signUpScreenings.map((way) => (
              <option key={way} value={way}>
                {t(`signUpWay.${way}`)}
              </option>
            ))}
          </Select>
          {scores.map((name) => (
            <TextInput key={name} {...number(name, settings[name])} label={t(`settings.${name}`)} />
          ))}
          <h2 className="text-base font-semibold sm:col-span-2">{t('settings.weights')}</h2>
          {fraudReasons.map((reason) => (
            <TextInput key={reason} {...number(reason, settings.weights[reason])} label={t(`reason.${reason}`)} />
          ))}
          {settings.largeOrder.map((large) => (
            <TextInput
              key={large.currency}
              {...number(largeField(large), toDecimal(large).toFixed())}
              label={t('settings.large', { currency: large.currency })}
            />
          ))}
          <h2 className="text-base font-semibold sm:col-span-2">{t('settings.limits')}</h2>
          {limits.map((name) => (
            <TextInput key={name} {...number(name, settings[name])} label={t(`settings.${name}`)} />
          ))}
          <div className="sm:col-span-2">
            <SubmitButton>{t('settings.save')}</SubmitButton>
          </div>
        </Form>
      </Card>
    </>
  )
}
