import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { money, toDecimal } from '#app/domain/money/money.ts'
import { typedAmount } from '#app/domain/money/typed-amount.ts'
import { readRunSettings } from '#app/reports/billing-runs/settings.server.ts'
import { saveBillingSettings } from '#app/services/billing/save-billing-settings.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'

const limitField = (currency: string) => `above${currency}`

export async function loader({ request }: LoaderFunctionArgs) {
  const { settings, currencies } = await asStaff(request, 'billing-run:approve', (ctx) => readRunSettings(ctx))
  const { approvalAbove, ...percents } = settings
  const limits = currencies.map((currency) => {
    const minor = approvalAbove[currency]
    return { currency, limit: minor === undefined ? '' : toDecimal(money(minor, currency)).toFixed() }
  })
  return { limits, percents, title: await pageTitle(request, 'office', 'billing.settings') }
}

const percent = (most: number) => z.coerce.number('invalid').int('percent').min(1, 'percent').max(most, 'percent')

/** One limit in each currency; an empty one is none. */
function settingsForm(currencies: readonly string[]) {
  const amount = (currency: string) =>
    z
      .string()
      .trim()
      .optional()
      .refine((text) => text === undefined || typedAmount(text, currency) !== undefined, 'amount')
  return z.object({
    changedPercent: percent(1_000),
    wildPercent: percent(10_000),
    wildSharePercent: percent(100),
    ...Object.fromEntries(currencies.map((currency) => [limitField(currency), amount(currency)])),
  })
}

export async function action({ request }: ActionFunctionArgs) {
  const { currencies } = await asStaff(request, 'billing-run:approve', (ctx) => readRunSettings(ctx))
  const form = await parseForm(request, settingsForm(currencies))
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  const { changedPercent, wildPercent, wildSharePercent, ...limits } = form.value as z.output<ReturnType<typeof settingsForm>> &
    Readonly<Record<string, string | undefined>>
  const approvalAbove = Object.fromEntries(
    currencies.flatMap((currency) => {
      const limit = typedAmount(limits[limitField(currency)] ?? '', currency)
      return limit ? [[currency, limit.minor]] : []
    }),
  )
  const settings = { changedPercent, wildPercent, wildSharePercent, approvalAbove }
  const result = await asStaff(request, 'billing-run:approve', (ctx) => saveBillingSettings(ctx, settings))
  if (!result.ok) {
    const values = Object.fromEntries(Object.entries(form.value).map(([name, value]) => [name, String(value ?? '')]))
    return data({ fields: { wildPercent: result.error }, values }, { status: 422 })
  }
  return redirectWithToast(request, '/office/billing-runs', 'saved')
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function BillingSettings() {
  const { limits, percents } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('office')
  const { error, typed } = useFieldErrors(answer)
  const number = (name: keyof typeof percents) => ({
    name,
    inputMode: 'numeric' as const,
    defaultValue: typed(name) ?? percents[name],
    error: error(name),
  })
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('nav.billingRuns'), to: '/office/billing-runs' }]}
        title={t('billing.settingsTitle')}
        below={t('billing.settingsLead')}
      />
      <Card className="max-w-2xl">
        <Form method="post" className="grid gap-5">
          <FormToken />
          {limits.map(({ currency, limit }, place) => (
            <TextInput
              key={currency}
              name={limitField(currency)}
              label={t('billing.approvalAbove', { currency })}
              help={place === 0 ? t('billing.approvalHint') : undefined}
              inputMode="decimal"
              defaultValue={typed(limitField(currency)) ?? limit}
              error={error(limitField(currency))}
            />
          ))}
          <TextInput {...number('changedPercent')} label={t('billing.changedPercent')} help={t('billing.changedHint')} />
          <TextInput {...number('wildPercent')} label={t('billing.wildPercent')} />
          <TextInput {...number('wildSharePercent')} label={t('billing.wildShare')} />
          <div>
            <SubmitButton>{t('billing.save')}</SubmitButton>
          </div>
        </Form>
      </Card>
    </>
  )
}
