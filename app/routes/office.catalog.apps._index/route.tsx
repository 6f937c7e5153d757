import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { ProductDraft } from '#app/domain/catalog/product.ts'
import { listSilentOrders, type SilentOrder } from '#app/reports/apps/silent-orders.server.ts'
import { type AppTemplateListRow, listAppTemplates } from '#app/reports/apps/templates.server.ts'
import { addTemplate } from '#app/services/apps/save-template.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { DateTime } from '#app/ui/base/date-time.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { PublicId } from '#app/ui/base/public-id.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { useWords } from '#app/ui/base/use-words.ts'
import { ProductStateView } from '#app/ui/catalog/product-state.tsx'
import { TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { type Column, Table } from '#app/ui/tables/table.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { line } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const { templates, silent, mayWrite } = await asStaff(request, 'catalog:read', async (ctx, { can }) => ({
    templates: await listAppTemplates(ctx),
    silent: await listSilentOrders(ctx),
    mayWrite: can('catalog:write'),
  }))
  return { templates, silent, mayWrite, title: await pageTitle(request, 'catalog', 'apps.title') }
}

const AddForm = z.object({ code: ProductDraft.shape.code, name: line(120) })

export async function action({ request }: ActionFunctionArgs) {
  const form = await parseForm(request, AddForm)
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  const added = await asStaff(request, 'catalog:write', (ctx, { tenant }) => addTemplate(ctx, { ...form.value, language: tenant.language }))
  if (!added.ok) return data({ fields: { code: added.error }, values: form.value }, { status: 409 })
  return redirect(`/office/catalog/apps/${added.value.templateId}`)
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function AppTemplates() {
  const { templates, silent, mayWrite } = useLoaderData<typeof loader>()
  const { t } = useTranslation('catalog')
  const { error, typed } = useFieldErrors(useActionData<typeof action>())
  return (
    <>
      <PageHeader title={t('apps.title')} below={t('apps.lead')} />
      <div className="grid gap-6">
        {silent.length > 0 ? <Silent orders={silent} /> : null}
        <Card isFlush>
          <Table
            caption={t('apps.title')}
            rows={templates}
            rowKey={({ id }) => id}
            columns={useColumns()}
            empty={<EmptyState title={t('apps.none')}>{t('apps.noneText')}</EmptyState>}
          />
        </Card>
        {mayWrite ? (
          <Card id="new-app" title={t('apps.new')} className="max-w-2xl">
            <Form method="post" className="grid gap-4 sm:grid-cols-2">
              <FormToken />
              <TextInput
                name="name"
                label={t('products.name')}
                required
                maxLength={120}
                defaultValue={typed('name')}
                error={error('name')}
              />
              <TextInput
                name="code"
                label={t('products.code')}
                help={t('apps.codeHelp')}
                required
                maxLength={60}
                dir="ltr"
                defaultValue={typed('code')}
                error={error('code')}
              />
              <div className="sm:col-span-2">
                <SubmitButton>{t('apps.new')}</SubmitButton>
              </div>
            </Form>
          </Card>
        ) : null}
      </div>
    </>
  )
}

/** Servers that were built and are not handed over: what was ordered with them does not answer. */
function Silent({ orders }: { orders: readonly SilentOrder[] }) {
  const { t } = useTranslation('catalog')
  return (
    <Card id="silent" title={t('apps.silent')} aside={t('apps.silentText')} isFlush>
      <Table
        caption={t('apps.silent')}
        rows={orders}
        rowKey={({ id }) => id}
        columns={[
          {
            key: 'server',
            head: t('apps.server'),
            isPrimary: true,
            cell: ({ serverName }) => <bdi className="font-medium">{serverName}</bdi>,
          },
          {
            key: 'account',
            head: t('apps.account'),
            cell: ({ accountId, accountName }) => <TextLink to={`/office/accounts/${accountId}`}>{accountName}</TextLink>,
          },
          { key: 'order', head: t('apps.order'), cell: ({ publicId }) => <PublicId id={publicId} isShort /> },
          { key: 'since', head: t('apps.since'), cell: ({ since }) => <DateTime instant={since} /> },
        ]}
      />
    </Card>
  )
}

function useColumns(): Column<AppTemplateListRow>[] {
  const { t } = useTranslation('catalog')
  const inWords = useWords()
  return [
    {
      key: 'name',
      head: t('products.name'),
      isPrimary: true,
      cell: ({ id, name, code }) => (
        <TextLink to={`/office/catalog/apps/${id}`} isQuiet className="font-medium">
          {inWords(name) || code}
        </TextLink>
      ),
    },
    { key: 'code', head: t('products.code'), cell: ({ code }) => <bdi dir="ltr">{code}</bdi> },
    {
      key: 'tiers',
      head: t('apps.tiers'),
      isLong: true,
      cell: ({ tiers }) => tiers.map((tier) => inWords(tier.name) || tier.code).join(', ') || '–',
    },
    { key: 'state', head: t('products.stateLabel'), cell: ({ state }) => <ProductStateView state={state} /> },
    { key: 'applications', head: t('apps.inUse'), isNumber: true, cell: ({ applications }) => applications },
  ]
}
