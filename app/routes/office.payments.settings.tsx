import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { heldMinuteBounds } from '#app/domain/credit/reservation.ts'
import { money, toDecimal } from '#app/domain/money/money.ts'
import { typedAmount } from '#app/domain/money/typed-amount.ts'
import { typedRetryDays } from '#app/domain/payment-attempt/auto-pay.ts'
import { readPaymentSettingsPage } from '#app/reports/payments/settings.server.ts'
import { savePaymentSettings } from '#app/services/refunds/save-payment-settings.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { DateTime } from '#app/ui/base/date-time.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { Checkbox, TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { type Column, Table } from '#app/ui/tables/table.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'

const limitField = (currency: string) => `refundAbove${currency}`

export async function loader({ request }: LoaderFunctionArgs) {
  const { settings, saved, currencies } = await asStaff(request, 'settings:write', readPaymentSettingsPage)
  const { refundApprovalAbove, ...kept } = settings
  const limits = currencies.map((currency) => {
    const minor = refundApprovalAbove[currency]
    return { currency, limit: minor === undefined ? '' : toDecimal(money(minor, currency)).toFixed() }
  })
  return { limits, kept, saved, title: await pageTitle(request, 'payment', 'gateway.settings') }
}

const whole = (least: number, most: number) => z.coerce.number('invalid').int('invalid').min(least, 'invalid').max(most, 'invalid')

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
    taxesDunningFees: z.literal('on').optional(),
    exchangeMonths: whole(1, 120),
    heldMinutes: whole(heldMinuteBounds.least, heldMinuteBounds.most),
    retryDays: z
      .string()
      .optional()
      .refine((text) => typedRetryDays(text ?? '') !== undefined, 'invalid'),
    ...Object.fromEntries(currencies.map((currency) => [limitField(currency), amount(currency)])),
  })
}

export async function action({ request }: ActionFunctionArgs) {
  const { currencies } = await asStaff(request, 'settings:write', readPaymentSettingsPage)
  const form = await parseForm(request, settingsForm(currencies))
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  const { suspendsOnDispute, taxesDunningFees, exchangeMonths, heldMinutes, retryDays, ...limits } = form.value as z.output<
    ReturnType<typeof settingsForm>
  > &
    Readonly<Record<string, string | undefined>>
  const refundApprovalAbove = Object.fromEntries(
    currencies.flatMap((currency) => {
      const limit = typedAmount(limits[limitField(currency)] ?? '', currency)
      return limit ? [[currency, limit.minor]] : []
    }),
  )
  const ticked = { suspendsOnDispute: suspendsOnDispute === 'on', taxesDunningFees: taxesDunningFees === 'on' }
  const settings = { refundApprovalAbove, ...ticked, exchangeMonths, heldMinutes, retryDays: typedRetryDays(retryDays ?? '') ?? [] }
  await asStaff(request, 'settings:write', (ctx) => savePaymentSettings(ctx, settings))
  return redirectWithToast(request, '/office/payments/settings', 'saved')
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function PaymentSettings() {
  const { limits, kept, saved } = useLoaderData<typeof loader>()
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
          <Checkbox name="suspendsOnDispute" label={t('gateway.suspends')} defaultChecked={kept.suspendsOnDispute} />
          <TextInput
            name="exchangeMonths"
            label={t('gateway.months')}
            inputMode="numeric"
            defaultValue={typed('exchangeMonths') ?? String(kept.exchangeMonths)}
            error={error('exchangeMonths')}
            required
          />
          <TextInput
            name="heldMinutes"
            label={t('gateway.heldMinutes')}
            help={t('gateway.heldHelp', heldMinuteBounds)}
            inputMode="numeric"
            defaultValue={typed('heldMinutes') ?? String(kept.heldMinutes)}
            error={error('heldMinutes')}
            required
          />
          <TextInput
            name="retryDays"
            label={t('gateway.retryDays')}
            help={t('gateway.retryHelp')}
            dir="ltr"
            defaultValue={typed('retryDays') ?? kept.retryDays.join(', ')}
            error={error('retryDays')}
          />
          <Checkbox
            name="taxesDunningFees"
            label={
              <>
                {t('gateway.taxesFees')} <span className="block text-muted">{t('gateway.taxesFeesHelp')}</span>
              </>
            }
            defaultChecked={kept.taxesDunningFees}
          />
          <div>
            <SubmitButton>{t('gateway.saveSettings')}</SubmitButton>
          </div>
        </Form>
      </Card>
      <SavedTable rows={saved} />
    </>
  )
}

type Saved = ReturnType<typeof useLoaderData<typeof loader>>['saved'][number]

/** Who saved which rules, and when. */
function SavedTable({ rows }: { rows: readonly Saved[] }) {
  const { t } = useTranslation('payment')
  const columns: Column<Saved>[] = [
    { key: 'at', head: t('gateway.saved.at'), isPrimary: true, cell: ({ at }) => <DateTime instant={at} /> },
    { key: 'by', head: t('gateway.saved.by'), cell: ({ by }) => by ?? t('gateway.saved.system') },
    { key: 'held', head: t('gateway.heldMinutes'), isNumber: true, cell: ({ heldMinutes }) => heldMinutes ?? '–' },
    { key: 'retry', head: t('gateway.retryDays'), cell: ({ retryDays }) => retryDays?.join(', ') ?? '–' },
    {
      key: 'fees',
      head: t('gateway.saved.fees'),
      cell: ({ taxesDunningFees }) => t(taxesDunningFees ? 'gateway.saved.taxed' : 'gateway.saved.untaxed'),
    },
  ]
  return (
    <Card title={t('gateway.saved.title')} isFlush className="mt-6 max-w-4xl">
      <Table
        caption={t('gateway.saved.title')}
        rows={rows}
        rowKey={({ at }) => String(at)}
        columns={columns}
        empty={<EmptyState title={t('gateway.saved.none')} />}
      />
    </Card>
  )
}
