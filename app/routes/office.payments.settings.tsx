import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { money, toDecimal } from '#app/domain/money/money.ts'
import { typedAmount } from '#app/domain/money/typed-amount.ts'
import { readPaymentSettingsPage } from '#app/reports/payments/settings.server.ts'
import { savePaymentSettings } from '#app/services/refunds/save-payment-settings.server.ts'
import { Card } from '#app/ui/card.tsx'
import { Checkbox, TextInput } from '#app/ui/field.tsx'
import { FormToken } from '#app/ui/form-token.tsx'
import { PageHeader } from '#app/ui/page-header.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { useFieldErrors } from '#app/ui/use-field-errors.ts'
import { asStaff } from '#app/web/as-staff.server.ts'
import { pageTitle } from '#app/web/page-title.server.ts'
import { parseForm } from '#app/web/parse-form.server.ts'
import { redirectWithToast } from '#app/web/redirects.server.ts'

const limitField = (currency: string) => `refundAbove${currency}`

export async function loader({ request }: LoaderFunctionArgs) {
  const { settings, currencies } = await asStaff(request, 'settings:write', readPaymentSettingsPage)
  const { refundApprovalAbove, suspendsOnDispute, exchangeMonths } = settings
  const limits = currencies.map((currency) => {
    const minor = refundApprovalAbove[currency]
    return { currency, limit: minor === undefined ? '' : toDecimal(money(minor, currency)).toFixed() }
  })
  return { limits, suspendsOnDispute, exchangeMonths, title: await pageTitle(request, 'payment', 'gateway.settings') }
}

/** One limit in each currency; an empty one is none. */
function settingsForm(currencies: readonly string[]) {
  const amount = (currency: string) =>
    z
      .string()
      .trim()
      .optional()
      .refine((text) => text === undefined || typedAmount(text, currency) !== undefined, 'amount')
  return z.object({
    suspendsOnDispute: z.literal('on').optional(),
    exchangeMonths: z.coerce.number('invalid').int('invalid').min(1, 'invalid').max(120, 'invalid'),
    ...Object.fromEntries(currencies.map((currency) => [limitField(currency), amount(currency)])),
  })
}

export async function action({ request }: ActionFunctionArgs) {
  const { currencies } = await asStaff(request, 'settings:write', readPaymentSettingsPage)
  const form = await parseForm(request, settingsForm(currencies))
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  const { suspendsOnDispute, exchangeMonths, ...limits } = form.value as z.output<ReturnType<typeof settingsForm>> &
    Readonly<Record<string, string | undefined>>
  const refundApprovalAbove = Object.fromEntries(
    currencies.flatMap((currency) => {
      const limit = typedAmount(limits[limitField(currency)] ?? '', currency)
      return limit ? [[currency, limit.minor]] : []
    }),
  )
  const settings = { refundApprovalAbove, suspendsOnDispute: suspendsOnDispute === 'on', exchangeMonths }
  await asStaff(request, 'settings:write', (ctx) => savePaymentSettings(ctx, settings))
  return redirectWithToast(request, '/office/payments/settings', 'saved')
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function PaymentSettings() {
  const { limits, suspendsOnDispute, exchangeMonths } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('payment')
  const { error, typed } = useFieldErrors(answer)
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('title'), to: '/office/payments' }]}
        title={t('gateway.settings')}
        below={t('gateway.settingsLead')}
      />
      <Card className="max-w-2xl">
        <Form method="post" className="grid gap-5">
          <FormToken />
          {limits.map(({ currency, limit }, place) => (
            <TextInput
              key={currency}
              name={limitField(currency)}
              label={t('gateway.refundAbove', { currency })}
              help={place === 0 ? t('gateway.refundAboveHelp') : undefined}
              inputMode="decimal"
              dir="ltr"
              defaultValue={typed(limitField(currency)) ?? limit}
              error={error(limitField(currency))}
            />
          ))}
          <Checkbox name="suspendsOnDispute" label={t('gateway.suspends')} defaultChecked={suspendsOnDispute} />
          <TextInput
            name="exchangeMonths"
            label={t('gateway.months')}
            inputMode="numeric"
            defaultValue={typed('exchangeMonths') ?? String(exchangeMonths)}
            error={error('exchangeMonths')}
            required
          />
          <div>
            <SubmitButton>{t('gateway.saveSettings')}</SubmitButton>
          </div>
        </Form>
      </Card>
    </>
  )
}
