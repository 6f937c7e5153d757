import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { isLanguage, supportedLanguages } from '#app/i18n/languages.ts'
import { readAppTemplate } from '#app/reports/apps/templates.server.ts'
import { Notice } from '#app/ui/base/notice.tsx'
import { useLabel } from '#app/ui/base/use-label.ts'
import { useWords } from '#app/ui/base/use-words.ts'
import { CatalogTextsCard } from '#app/ui/catalog/catalog-texts-card.tsx'
import { ProductStateView } from '#app/ui/catalog/product-state.tsx'
import { ProductStateButtons } from '#app/ui/catalog/product-state-buttons.tsx'
import { TierForm } from '#app/ui/cloud/tier-form.tsx'
import { TierTable } from '#app/ui/cloud/tier-table.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { filterOf } from '#app/web/request/filters.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { orNotFound, refuse } from '#app/web/request/refuse.server.ts'
import { saveTemplate } from './save.server.ts'

export async function loader({ request, params: { templateId } }: LoaderFunctionArgs) {
  if (!isUuid(templateId)) throw refuse(404, 'not-found')
  const page = await asStaff(request, 'catalog:read', async (ctx, { can, tenant }) => ({
    ...orNotFound(await readAppTemplate(ctx, templateId)),
    mayWrite: can('catalog:write'),
    ownLanguage: tenant.language,
  }))
  const query = filterOf(request)
  const [asked, code] = [query.get('in') ?? '', query.get('tier')]
  const tier = page.template.tiers.find((each) => each.code === code) ?? null
  const language = isLanguage(asked) ? asked : isLanguage(page.ownLanguage) ? page.ownLanguage : 'en'
  return { ...page, language, tier, isNewTier: code === 'new', title: await pageTitle(request, 'catalog', 'apps.title') }
}

export async function action({ request, params: { templateId } }: ActionFunctionArgs) {
  if (!isUuid(templateId)) throw refuse(404, 'not-found')
  const saved = await saveTemplate(request, templateId)
  return 'redirect' in saved ? saved.redirect : data(saved.answer, { status: saved.status })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page ? `${page.template.code} · ${page.title}` : '' }]

export default function AppTemplate() {
  const { template, mayWrite, tier, isNewTier, language, images, ...page } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('catalog')
  const label = useLabel()
  const inWords = useWords()
  const plans = page.plans.map(({ code, name }) => ({ code, name: inWords(name) || code }))
  return (
    <>
      <PageHeader
        title={inWords(template.name) || template.code}
        crumbs={[{ label: t('apps.title'), to: '/office/catalog/apps' }]}
        beside={<ProductStateView state={template.state} />}
        below={<bdi dir="ltr">{template.code}</bdi>}
        actions={mayWrite ? <ProductStateButtons state={template.state} /> : null}
      />
      <div className="grid gap-6">
        {answer && 'problem' in answer ? (
          <Notice tone="critical">{label(`catalog:apps.problem.${answer.problem}`, t('apps.problem.refused'))}</Notice>
        ) : null}
        {mayWrite && (tier || isNewTier) ? (
          <TierForm
            key={tier?.code ?? 'new'}
            tier={tier}
            tiers={template.tiers}
            plans={plans.map(({ code, name }) => ({ code, label: name }))}
            images={images}
            languages={{ all: supportedLanguages, chosen: language }}
            answer={answer && 'fields' in answer && answer.intent === 'tier' ? answer : undefined}
            backTo={`/office/catalog/apps/${template.id}`}
          />
        ) : (
          <>
            <TierTable tiers={template.tiers} plans={plans} images={images} mayWrite={mayWrite} />
            <Texts />
          </>
        )}
      </div>
    </>
  )
}

/** What the application is called and described as. */
function Texts() {
  const { template, language, mayWrite } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { error } = useFieldErrors(answer && 'fields' in answer && answer.intent === 'text' ? answer : undefined)
  return <CatalogTextsCard texts={template} longestName={120} {...{ language, mayWrite, error }} />
}
