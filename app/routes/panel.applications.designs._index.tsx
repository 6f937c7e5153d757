import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { isDesignWhole, longestDesignName } from '#app/domain/apps/design.ts'
import { readDesigns } from '#app/reports/apps/designs.server.ts'
import { listAppOffers } from '#app/reports/apps/offers.server.ts'
import { addDesign } from '#app/services/apps/keep-design.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { useWords } from '#app/ui/base/use-words.ts'
import { DesignStateView } from '#app/ui/cloud/design-state.tsx'
import { Select, TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { Table } from '#app/ui/tables/table.tsx'
import { designOfferFor } from '#app/web/desks/design-desk.server.ts'
import { asCustomer } from '#app/web/request/as-customer.server.ts'
import { asVisitor } from '#app/web/request/as-visitor.server.ts'
import { line } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { languageOf } from '#app/web/request/preferences.server.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'
import { tenantOf } from '#app/web/request/tenant-of.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const language = await languageOf(request, await tenantOf(request))
  const designs = await asCustomer(request, 'order:write', (ctx, { accountId }) => readDesigns(ctx, accountId))
  const offer = designs.length > 0 ? await designOfferFor(request) : null
  const templates = await asVisitor(request, (ctx) => listAppOffers(ctx, language))
  return {
    designs: designs.map((design) => ({ ...design, isWhole: offer !== null && isDesignWhole(design, offer) })),
    templates: templates.map(({ code, name }) => ({ code, name })),
    title: await pageTitle(request, 'apps', 'design.title'),
  }
}

const NewForm = z.object({ name: line(longestDesignName), from: z.string().max(60).optional() })

export async function action({ request }: ActionFunctionArgs) {
  const language = await languageOf(request, await tenantOf(request))
  const form = await parseForm(request, NewForm)
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  const { name, from: templateCode } = form.value
  const added = await asCustomer(request, 'order:write', (ctx, { accountId }) =>
    addDesign(ctx, { accountId, name, templateCode, language }),
  )
  if (added.ok) return redirectWithToast(request, `/panel/applications/designs/${added.value}`, 'saved')
  return data({ fields: { [added.error === 'too-many' ? 'name' : 'from']: added.error }, values: { name } }, { status: 422 })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Designs() {
  const { designs } = useLoaderData<typeof loader>()
  const { t } = useTranslation('apps')
  const inWords = useWords()
  return (
    <>
      <PageHeader crumbs={[{ label: t('title'), to: '/panel/applications' }]} title={t('design.title')} below={t('design.lead')} />
      <div className="grid gap-6">
        <Card isFlush>
          <Table
            caption={t('design.title')}
            rows={designs}
            rowKey={({ id }) => id}
            columns={[
              {
                key: 'name',
                head: t('design.name'),
                isPrimary: true,
                cell: ({ id, name }) => (
                  <TextLink to={`/panel/applications/designs/${id}`} isQuiet className="font-medium">
                    <bdi>{name}</bdi>
                  </TextLink>
                ),
              },
              { key: 'state', head: t('design.state'), cell: (design) => <DesignStateView {...design} /> },
              {
                key: 'tiers',
                head: t('tier.all'),
                isLong: true,
                cell: ({ tiers }) => tiers.map(({ code, name }) => inWords(name) || code).join(', ') || '–',
              },
            ]}
            empty={<EmptyState title={t('design.none')}>{t('design.noneText')}</EmptyState>}
          />
        </Card>
        <NewCard />
      </div>
    </>
  )
}

/** A new design, from nothing or from what the seller composed. */
function NewCard() {
  const { templates } = useLoaderData<typeof loader>()
  const { t } = useTranslation('apps')
  const { error, typed } = useFieldErrors(useActionData<typeof action>())
  return (
    <Card id="new" title={t('design.new')} className="max-w-2xl">
      <Form method="post" className="grid gap-5">
        <FormToken />
        <TextInput
          name="name"
          label={t('design.name')}
          required
          maxLength={longestDesignName}
          dir="auto"
          defaultValue={typed('name')}
          error={error('name')}
        />
        {templates.length > 0 ? (
          <Select name="from" label={t('design.from')} defaultValue={typed('from') ?? ''} error={error('from')}>
            <option value="">{t('design.fromNothing')}</option>
            {templates.map(({ code, name }) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </Select>
        ) : null}
        <div>
          <SubmitButton>{t('design.create')}</SubmitButton>
        </div>
      </Form>
    </Card>
  )
}
