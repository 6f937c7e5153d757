import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { meterKinds } from '#app/domain/usage/own-meter.ts'
import { meterUnits } from '#app/domain/usage/units.ts'
import { defineMeter } from '#app/services/usage/define-meter.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { Select, TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'
import { draftOf, MeterForm } from './meter-form.ts'
import { WordFields } from './word-fields.tsx'

export async function loader({ request }: LoaderFunctionArgs) {
  await asStaff(request, 'catalog:write', async () => null)
  return { title: await pageTitle(request, 'catalog', 'meters.new') }
}

export async function action({ request }: ActionFunctionArgs) {
  const form = await parseForm(request, MeterForm)
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  const values = Object.fromEntries(Object.entries(form.value).map(([name, text]) => [name, text ?? '']))
  const draft = draftOf(form.value)
  if (!draft.ok) return data({ fields: draft.fields, values }, { status: 422 })
  const result = await asStaff(request, 'catalog:write', (ctx) => defineMeter(ctx, draft.value))
  if (result.ok) return redirectWithToast(request, '/office/catalog/meters', 'meter.defined')
  return data({ problem: result.error, values }, { status: 409 })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function NewMeter() {
  const answer = useActionData<typeof action>()
  const { t } = useTranslation(['catalog', 'common'])
  const { error, typed } = useFieldErrors(answer)
  const field = (name: string) => ({ name, error: error(name), defaultValue: typed(name) ?? '' })
  return (
    <>
      <PageHeader
        title={t('meters.new')}
        crumbs={[{ label: t('meters.title'), to: '/office/catalog/meters' }]}
        below={t('meters.newLead')}
      />
      {answer && 'problem' in answer ? <Notice tone="critical">{t(`meters.problem.${answer.problem}`)}</Notice> : null}
      <Card className="mt-4 max-w-3xl">
        <Form method="post" className="grid grid-cols-1 items-start gap-4 sm:grid-cols-2">
          <FormToken />
          <TextInput {...field('code')} label={t('meters.code')} help={t('meters.codeHelp')} required maxLength={40} dir="ltr" />
          <Select {...field('kind')} label={t('meters.kindLabel')} help={t('meters.kindHelp')} defaultValue={typed('kind') ?? 'delta'}>
            {meterKinds.map((kind) => (
              <option key={kind} value={kind}>
                {t(`meters.kind.${kind}`)}
              </option>
            ))}
          </Select>
          <Select {...field('unit')} label={t('meters.unit')} help={t('meters.unitHelp')} defaultValue={typed('unit') ?? 'piece'}>
            {meterUnits.map((unit) => (
              <option key={unit} value={unit}>
                {t(`meters.units.${unit}`)}
              </option>
            ))}
          </Select>
          <TextInput
            {...field('greatest')}
            label={t('meters.greatest')}
            help={t('meters.greatestHelp')}
            required
            inputMode="decimal"
            dir="ltr"
          />
          <TextInput
            {...field('roundUpTo')}
            label={t('meters.roundUpTo')}
            help={t('meters.roundUpToHelp')}
            isOptional={t('common:optional')}
            inputMode="decimal"
            dir="ltr"
          />
          <WordFields error={error} typed={typed} />
          <div className="sm:col-span-2">
            <SubmitButton>{t('meters.define')}</SubmitButton>
          </div>
        </Form>
      </Card>
    </>
  )
}
