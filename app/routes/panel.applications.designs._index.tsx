import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { isDesignWhole, longestDesignName } from '#app/domain/apps/design.ts'
import { readDesigns } from '#app/reports/apps/designs.server.ts'
import { listAppOffers } from '#app/reports/apps/offers.server.ts'
import { addDesign } from '#app/services/apps/keep-design.server.ts'
import { Card } from '#app/ui/card.tsx'
import { DesignStateView } from '#app/ui/design-state.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { Select, TextInput } from '#app/ui/field.tsx'
import { FormToken } from '#app/ui/form-token.tsx'
import { PageHeader } from '#app/ui/page-header.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { Table } from '#app/ui/table.tsx'
import { TextLink } from '#app/ui/text-link.tsx'
import { useFieldErrors } from '#app/ui/use-field-errors.ts'
import { useWords } from '#app/ui/use-words.ts'
import { asCustomer } from '#app/web/as-customer.server.ts'
import { asVisitor } from '#app/web/as-visitor.server.ts'
import { designOfferFor } from '#app/web/design-desk.server.ts'
import { line } from '#app/web/form-fields.ts'
import { pageTitle } from '#app/web/page-title.server.ts'
import { parseForm } from '#app/web/parse-form.server.ts'
import { languageOf } from '#app/web/preferences.server.ts'
import { redirectWithToast } from '#app/web/redirects.server.ts'
import { tenantOf } from '#app/web/tenant-of.server.ts'

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
