import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { PlanOffering } from '#app/domain/catalog/plan-offering.ts'
import { ProductDraft } from '#app/domain/catalog/product.ts'
import { readPlanPlaces } from '#app/reports/products/detail.server.ts'
import { addProduct } from '#app/services/products/save-product.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { TextArea, TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { line } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'
import { PlaceFields } from './office.catalog.products.$productId/places-card.tsx'
import { TermFields } from './office.catalog.products.$productId/term-fields.tsx'

const NewPlanForm = ProductDraft.omit({ kind: true }).extend({
  name: line(200),
  description: line(2_000).optional(),
  ...PlanOffering.shape,
})

export async function loader({ request }: LoaderFunctionArgs) {
  const places = orNotFound(await asStaff(request, 'catalog:write', readPlanPlaces))
  return { places, title: await pageTitle(request, 'catalog', 'plan.new') }
}

export async function action({ request }: ActionFunctionArgs) {
  const form = await parseForm(request, NewPlanForm)
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  const { name, description = '', cpuNumber, memoryMib, diskGib, locations, images, ...draft } = form.value
  const result = await asStaff(request, 'catalog:write', (ctx, { tenant }) =>
    addProduct(ctx, {
      draft: { ...draft, kind: 'plan' },
      language: tenant.language,
      text: { name, description },
      offering: { cpuNumber, memoryMib, diskGib, locations, images },
    }),
  )
  if (result.ok) return redirect(`/office/catalog/products/${result.value.productId}`)
  return data({ problem: result.error, fields: {}, values: {} as Record<string, string> }, { status: 409 })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

const sizes = ['cpuNumber', 'memoryMib', 'diskGib'] as const

export default function NewPlan() {
  const { places } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('catalog')
  const { error, typed } = useFieldErrors(answer)
  const text = (name: string) => ({ name, defaultValue: typed(name), error: error(name) })
  return (
    <>
      <PageHeader title={t('plan.new')} crumbs={[{ label: t('products.title'), to: '/office/catalog' }]} below={t('plan.newLead')} />
      {answer && 'problem' in answer ? <Notice tone="critical">{t(`products.problem.${answer.problem}`)}</Notice> : null}
      <Card className="mt-4 max-w-3xl">
        <Form method="post" className="grid items-start gap-4 sm:grid-cols-2">
          <FormToken />
          <TextInput {...text('name')} label={t('products.name')} required maxLength={200} />
          <TextInput {...text('code')} label={t('products.code')} help={t('products.codeHelp')} required maxLength={60} dir="ltr" />
          <TextArea {...text('description')} label={t('products.description')} maxLength={2000} className="sm:col-span-2" />
          {sizes.map((name) => (
            <TextInput {...text(name)} key={name} type="number" label={t(`plan.${name}`)} required min={1} dir="ltr" />
          ))}
          <PlaceFields places={places} error={error} typed={typed} />
          <TermFields error={error} typed={typed} />
          <div className="sm:col-span-2">
            <SubmitButton>{t('plan.add')}</SubmitButton>
          </div>
        </Form>
      </Card>
    </>
  )
}
