import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { feeTimes } from '#app/domain/invoice/fee-time.ts'
import { toDecimal } from '#app/domain/money/money.ts'
import { typedAmount } from '#app/domain/money/typed-amount.ts'
import { signUpAnchors, signUpModes, signUpUnits } from '#app/domain/subscription/sign-up-terms.ts'
import { readSignUpTermsPage, type ShownSignUpTerms } from '#app/reports/accounts/sign-up-terms.server.ts'
import { saveSignUpTerms } from '#app/services/accounts/save-sign-up-terms.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { Money } from '#app/ui/base/money.tsx'
import { Timeline } from '#app/ui/base/timeline.tsx'
import { Select, TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'

const limitField = (currency: string) => `limit${currency}`

export async function loader({ request }: LoaderFunctionArgs) {
  const page = await asStaff(request, 'settings:write', readSignUpTermsPage)
  return { ...page, title: await pageTitle(request, 'office', 'signUp.title') }
}

const whole = (least: number, most: number) => z.coerce.number('invalid').int('invalid').min(least, 'invalid').max(most, 'invalid')

function termsForm(currencies: readonly string[]) {
  const amount = (currency: string) => z.string('required').refine((text) => typedAmount(text.trim(), currency) !== undefined, 'amount')
  return z.object({
    unit: z.enum(signUpUnits, 'not-offered'),
    count: whole(1, 120),
    anchor: z.enum(signUpAnchors, 'not-offered'),
    fees: z.enum(feeTimes, 'not-offered'),
    paymentDays: whole(0, 365),
    mode: z.enum(signUpModes, 'not-offered'),
    ...Object.fromEntries(currencies.map((currency) => [limitField(currency), amount(currency)])),
  })
}

export async function action({ request }: ActionFunctionArgs) {
  const { terms } = await asStaff(request, 'settings:write', readSignUpTermsPage)
  const currencies = terms.limits.map(({ currency }) => currency)
  const form = await parseForm(request, termsForm(currencies))
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  const { unit, count, anchor, fees, paymentDays, mode, ...typed } = form.value
  const amounts = typed as Readonly<Record<string, string>>
  const limits = Object.fromEntries(
    currencies.map((currency) => [currency, typedAmount(amounts[limitField(currency)]?.trim() ?? '', currency)?.minor ?? 0n]),
  )
  await asStaff(request, 'settings:write', (ctx) => saveSignUpTerms(ctx, { unit, count, anchor, fees, paymentDays, mode, limits }))
  return redirectWithToast(request, '/office/settings/sign-up', 'saved')
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function SignUpTerms() {
  const { terms, history } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation(['office', 'payment'])
  const { error, typed } = useFieldErrors(answer)
  const field = (name: string, known: string | number) => ({ name, defaultValue: typed(name) ?? known, error: error(name) })
  return (
    <>
      <PageHeader title={t('signUp.title')} below={t('signUp.lead')} />
      <div className="grid grid-cols-1 items-start gap-6 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <Card id="terms">
          <Form method="post" className="grid items-start gap-4 sm:grid-cols-2">
            <FormToken />
            <TextInput {...field('count', terms.count)} type="number" min={1} max={120} label={t('cycle.count')} dir="ltr" />
            <Select {...field('unit', terms.unit)} label={t('cycle.unit')}>
              {signUpUnits.map((unit) => (
                <option key={unit} value={unit}>
                  {t(`cycle.unitName.${unit}`)}
                </option>
              ))}
            </Select>
            <Select {...field('anchor', terms.anchor)} label={t('signUp.anchorLabel')}>
              {signUpAnchors.map((anchor) => (
                <option key={anchor} value={anchor}>
                  {t(`signUp.anchor.${anchor}`)}
                </option>
              ))}
            </Select>
            <Select {...field('fees', terms.fees)} label={t('cycle.fees')} help={t('cycle.feesHelp')}>
              {feeTimes.map((time) => (
                <option key={time} value={time}>
                  {t(`cycle.feeTime.${time}`)}
                </option>
              ))}
            </Select>
            <TextInput
              {...field('paymentDays', terms.paymentDays)}
              type="number"
              min={0}
              max={365}
              label={t('signUp.paymentDays')}
              dir="ltr"
            />
            <Select {...field('mode', terms.mode)} label={t('signUp.modeLabel')} help={t('signUp.modeHelp')}>
              {signUpModes.map((mode) => (
                <option key={mode} value={mode}>
                  {t(`signUp.mode.${mode}`)}
                </option>
              ))}
            </Select>
            {terms.limits.map((limit) => (
              <TextInput
                key={limit.currency}
                {...field(limitField(limit.currency), toDecimal(limit).toFixed())}
                label={t('signUp.limit', { currency: limit.currency })}
                help={t('signUp.limitHelp')}
                inputMode="decimal"
                dir="ltr"
              />
            ))}
            <div className="sm:col-span-2">
              <SubmitButton>{t('signUp.save')}</SubmitButton>
            </div>
          </Form>
        </Card>
        {history.length > 0 ? (
          <Card id="history" title={t('signUp.history')}>
            <Timeline
              label={t('signUp.history')}
              entries={history.map(({ id, at, by, after }) => ({
                key: id,
                at,
                title: by ? <bdi>{by}</bdi> : t('signUp.bySystem'),
                detail: <TermsWords terms={after} />,
              }))}
            />
          </Card>
        ) : null}
      </div>
    </>
  )
}

/** Terms in one paragraph. */
function TermsWords({ terms }: { readonly terms: ShownSignUpTerms }) {
  const { t } = useTranslation('office')
  const { unit, count, anchor, fees, paymentDays, mode, limits } = terms
  return (
    <p>
      {t(`cycle.units.${unit}`, { count })} · {t(`signUp.anchor.${anchor}`)} · {t('cycle.fees')}: {t(`cycle.feeTime.${fees}`)} ·{' '}
      {t('signUp.paymentDays')}: {paymentDays} · {t(`signUp.mode.${mode}`)}
      {limits.map((limit) => (
        <span key={limit.currency}>
          {' '}
          · <Money amount={limit} />
        </span>
      ))}
    </p>
  )
}
