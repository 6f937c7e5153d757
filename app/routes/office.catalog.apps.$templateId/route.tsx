import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { AppTier } from '#app/domain/apps/app-template.ts'
import { isLanguage } from '#app/i18n/languages.ts'
import { readAppTemplate } from '#app/reports/apps/templates.server.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { Card } from '#app/ui/card.tsx'
import { CatalogTextsCard } from '#app/ui/catalog-texts-card.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageHeader } from '#app/ui/page-header.tsx'
import { ProductStateView } from '#app/ui/product-state.tsx'
import { ProductStateButtons } from '#app/ui/product-state-buttons.tsx'
import { type Column, Table } from '#app/ui/table.tsx'
import { TextLink } from '#app/ui/text-link.tsx'
import { useFieldErrors } from '#app/ui/use-field-errors.ts'
import { useLabel } from '#app/ui/use-label.ts'
import { useWords } from '#app/ui/use-words.ts'
import { asStaff } from '#app/web/as-staff.server.ts'
import { filterOf } from '#app/web/filters.ts'
import { isUuid } from '#app/web/form-fields.ts'
import { pageTitle } from '#app/web/page-title.server.ts'
import { orNotFound, refuse } from '#app/web/refuse.server.ts'
import { saveTemplate } from './save.server.ts'
import { TierForm } from './tier-form.tsx'

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
  const { template, mayWrite, tier, isNewTier } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('catalog')
  const label = useLabel()
  const inWords = useWords()
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
          <TierForm key={tier?.code ?? 'new'} tier={tier} />
        ) : (
          <>
            <Tiers />
            <Texts />
          </>
        )}
      </div>
    </>
  )
}

function Tiers() {
  const { template, mayWrite } = useLoaderData<typeof loader>()
  const { t } = useTranslation('catalog')
  return (
    <Card
      id="tiers"
      title={t('apps.tiers')}
      isFlush
      aside={
        mayWrite ? (
          <ButtonLink to="?tier=new" size="small" look="secondary">
            {t('apps.addTier')}
          </ButtonLink>
        ) : null
      }
    >
      <Table
        caption={t('apps.tiers')}
        rows={template.tiers}
        rowKey={({ code }) => code}
        columns={useTierColumns()}
        empty={<EmptyState title={t('apps.noTiers')}>{t('apps.noTiersText')}</EmptyState>}
      />
    </Card>
  )
}

function useTierColumns(): Column<AppTier>[] {
  const { template, plans, images, mayWrite } = useLoaderData<typeof loader>()
  const { t } = useTranslation('catalog')
  const inWords = useWords()
  const titleOf = (code: string) => {
    const tier = template.tiers.find((each) => each.code === code)
    return (tier && inWords(tier.name)) || code
  }
  const planOf = (code: string) => inWords(plans.find((plan) => plan.code === code)?.name ?? {}) || code
  return [
    {
      key: 'name',
      head: t('apps.tier'),
      isPrimary: true,
      cell: ({ code }) =>
        mayWrite ? (
          <TextLink to={`?tier=${code}`} isQuiet className="font-medium">
            {titleOf(code)}
          </TextLink>
        ) : (
          <span className="font-medium">{titleOf(code)}</span>
        ),
    },
    { key: 'plans', head: t('apps.plans'), isLong: true, cell: ({ planCodes }) => planCodes.map(planOf).join(', ') },
    { key: 'image', head: t('apps.image'), cell: ({ imageCode }) => images.find(({ code }) => code === imageCode)?.name ?? imageCode },
    { key: 'count', head: t('apps.count'), cell: ({ least, most }) => (least === most ? least : `${least}–${most}`) },
    {
      key: 'port',
      head: t('apps.port'),
      cell: ({ port, isPublic }) => (port === null ? '–' : t(isPublic ? 'apps.portOpen' : 'apps.portInside', { port })),
    },
    { key: 'talksTo', head: t('apps.talksTo'), cell: ({ talksTo }) => talksTo.map(titleOf).join(', ') || '–' },
  ]
}

/** What the application is called and described as. */
function Texts() {
  const { template, language, mayWrite } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { error } = useFieldErrors(answer && 'fields' in answer && answer.intent === 'text' ? answer : undefined)
  return <CatalogTextsCard texts={template} longestName={120} {...{ language, mayWrite, error }} />
}
