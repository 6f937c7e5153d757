import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, useActionData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { ProductDraft, problemsOf, productKinds } from '#app/domain/catalog/product.ts'
import { addProduct } from '#app/services/products/save-product.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { Select, TextArea, TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { line } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { TermFields } from '../office.catalog.products.$productId/term-fields.tsx'

const NewProductForm = ProductDraft.extend({ name: line(200), description: line(2_000).optional() })

export async function loader({ request }: LoaderFunctionArgs) {
  await asStaff(request, 'catalog:write', async () => null)
  return { title: await pageTitle(request, 'catalog', 'products.new') }
}

export async function action({ request }: ActionFunctionArgs) {
  const form = await parseForm(request, NewProductForm)
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  const { name, description = '', ...draft } = form.value
  const missing = Object.fromEntries(problemsOf(draft).flatMap(({ field, code }) => (code === 'not-offered' ? [] : [[field, code]])))
  if (Object.keys(missing).length > 0) return data({ fields: missing, values: typedOf(form.value) }, { status: 422 })
  const result = await asStaff(request, 'catalog:write', (ctx, { tenant }) =>
    addProduct(ctx, { draft, language: tenant.language, text: { name, description } }),
  )
  if (result.ok) return redirect(`/office/catalog/products/${result.value.productId}`)
  return data({ problem: result.error, values: typedOf(form.value) }, { status: 409 })
}

function typedOf(form: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(Object.entries(form).map(([name, value]) => [name, value === undefined ? '' : String(value)]))
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function NewProduct() {
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('catalog')
  const { error, typed } = useFieldErrors(answer)
  return (
    <>
      <PageHeader
        title={t('products.new')}
        crumbs={[{ label: t('products.title'), to: '/office/catalog' }]}
        below={t('products.newLead')}
      />
      {answer && 'problem' in answer ? <Notice tone="critical">{t(`products.problem.${answer.problem}`)}</Notice> : null}
      <Card className="mt-4 max-w-3xl">
        <Form method="post" className="grid items-start gap-4 sm:grid-cols-2">
          <FormToken />
          <Select name="kind" label={t('products.kindLabel')} defaultValue={typed('kind') ?? 'app'} error={error('kind')}>
            {productKinds
              .filter((kind) => kind !== 'plan')
              .map((kind) => (
                <option key={kind} value={kind}>
                  {t(`products.kind.${kind}`)}
                </option>
              ))}
          </Select>
          <TextInput
            name="code"
            label={t('products.code')}
            help={t('products.codeHelp')}
            required
            maxLength={60}
            dir="ltr"
            defaultValue={typed('code')}
            error={error('code')}
          />
          <TextInput
            name="name"
            label={t('products.name')}
            required
            maxLength={200}
            defaultValue={typed('name')}
            error={error('name')}
            className="sm:col-span-2"
          />
          <TextArea
            name="description"
            label={t('products.description')}
            maxLength={2000}
            defaultValue={typed('description')}
            error={error('description')}
            className="sm:col-span-2"
          />
          <TermFields error={error} typed={typed} />
          <div className="sm:col-span-2">
            <SubmitButton>{t('products.add')}</SubmitButton>
          </div>
        </Form>
      </Card>
    </>
  )
}
