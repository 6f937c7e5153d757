import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { readRunSettings } from '#app/reports/billing-runs/settings.server.ts'
import { type PolicyForm, readPolicyForm } from '#app/reports/dunning/policies.server.ts'
import { activatePolicy, draftPolicy, savePolicy } from '#app/services/dunning/keep-policies.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { Badge } from '#app/ui/base/state.tsx'
import { CurrencyOptions } from '#app/ui/forms/currency-options.tsx'
import { Select, TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { brandOf } from '#app/web/branding/brand.server.ts'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'
import { orNotFound, refuse } from '#app/web/request/refuse.server.ts'
import { tenantOf } from '#app/web/request/tenant-of.server.ts'
import { termsForm, termsOf } from './policy-form.ts'
import { StepsFields } from './steps-fields.tsx'

const list = '/office/dunning/policies'

/** The version that an address names; null for a new one. */
async function policyAt(request: Request, policyId: string | undefined, permission: 'dunning:read' | 'dunning:write') {
  return asStaff(request, permission, async (ctx, { can }) => {
    const known = policyId === 'new' ? null : orNotFound(isUuid(policyId) ? await readPolicyForm(ctx, policyId) : undefined)
    return { known, currencies: (await readRunSettings(ctx)).currencies, mayWrite: can('dunning:write') }
  })
}

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { known, currencies, mayWrite } = await policyAt(request, params.policyId, 'dunning:read')
  const { languages } = brandOf(await tenantOf(request)).pack
  return { known, currencies, mayWrite, languages: [...languages], title: await pageTitle(request, 'dunning', 'policies.title') }
}

const Wanted = z.object({
  deed: z.enum(['save', 'activate'], 'invalid').optional(),
  segment: z.string().trim().max(60, 'too-long').optional(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'invalid')
    .optional(),
})

/** Saves a draft, begins a version in the place of one that applies already, or lets a draft apply. */
export async function action({ request, params }: ActionFunctionArgs) {
  const { known, currencies } = await policyAt(request, params.policyId, 'dunning:write')
  const { languages } = brandOf(await tenantOf(request)).pack
  const wanted = await parseForm(request.clone(), Wanted)
  if (!wanted.ok) return data({ fields: wanted.error, values: wanted.values }, { status: 422 })
  const { deed, segment = null } = known ? { deed: wanted.value.deed, segment: known.segment } : wanted.value
  const currency = known?.currency ?? currencies.find((each) => each === wanted.value.currency) ?? currencies[0] ?? ''
  if (deed === 'activate') {
    const activated = await asStaff(request, 'dunning:write', (ctx) => activatePolicy(ctx, params.policyId ?? ''))
    if (!activated.ok) throw refuse(409, 'changed')
    return redirectWithToast(request, list, 'saved')
  }
  const form = await parseForm(request, termsForm(currency, languages))
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  const terms = termsOf(form.value as Parameters<typeof termsOf>[0], currency, languages)
  const values = Object.fromEntries(Object.entries(form.value).map(([name, value]) => [name, String(value ?? '')]))
  const saved = await asStaff(request, 'dunning:write', async (ctx) => {
    if (known?.state !== 'draft') return draftPolicy(ctx, { ...terms, segment, currency })
    const written = await savePolicy(ctx, params.policyId ?? '', terms)
    return written.ok ? { ok: true as const, value: { policyId: params.policyId ?? '' } } : written
  })
  if (!saved.ok) return data({ fields: { day1: saved.error }, values }, { status: 422 })
  return redirectWithToast(request, `${list}/${saved.value.policyId}`, 'saved')
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Policy() {
  const { known, currencies, mayWrite, languages } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('dunning')
  const { error, typed } = useFieldErrors(answer)
  const value = (name: string) => typed(name) ?? known?.values[name]
  return (
    <>
      <PageHeader
        crumbs={[
          { label: t('title'), to: '/office/dunning' },
          { label: t('policies.title'), to: list },
        ]}
        title={known ? nameOf(known, t) : t('policies.new')}
        beside={known ? <Badge>{t(`state.${known.state}`)}</Badge> : undefined}
        below={t('policies.formLead')}
      />
      <Card className="max-w-5xl">
        <Form method="post" className="grid gap-5">
          <FormToken />
          {known && known.state !== 'draft' ? <Notice tone="info">{t('policies.becomesDraft')}</Notice> : null}
          <div className="grid gap-4 sm:grid-cols-2">
            {known ? null : (
              <>
                <TextInput
                  name="segment"
                  label={t('policies.segment')}
                  help={t('policies.segmentHelp')}
                  defaultValue={typed('segment') ?? ''}
                  error={error('segment')}
                  maxLength={60}
                />
                <Select name="currency" label={t('policies.currency')} defaultValue={typed('currency')} error={error('currency')}>
                  <CurrencyOptions codes={currencies} />
                </Select>
              </>
            )}
            <TextInput
              name="minimum"
              label={t('policies.minimum')}
              help={t('policies.minimumHelp')}
              inputMode="decimal"
              defaultValue={value('minimum') ?? ''}
              error={error('minimum')}
            />
            <TextInput
              name="cap"
              label={t('policies.cap')}
              help={t('policies.capHelp')}
              inputMode="decimal"
              defaultValue={value('cap') ?? ''}
              error={error('cap')}
            />
          </div>
          <StepsFields languages={languages} value={value} error={error} />
          {mayWrite ? (
            <div className="flex flex-wrap gap-3">
              <SubmitButton name="deed" value="save">
                {t('policies.save')}
              </SubmitButton>
              {known?.state === 'draft' ? (
                <SubmitButton name="deed" value="activate" look="secondary">
                  {t('policies.activate')}
                </SubmitButton>
              ) : null}
            </div>
          ) : null}
        </Form>
      </Card>
    </>
  )
}

type Translate = ReturnType<typeof useTranslation<'dunning'>>['t']

function nameOf({ segment, currency, version }: PolicyForm, t: Translate): string {
  return t('policies.name', { segment: segment ?? t('policies.everyone'), currency, version })
}
