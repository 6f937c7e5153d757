import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData, useSearchParams } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { readStoreCatalog } from '#app/reports/store/query.server.ts'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { PlanSwitches, PlanTable } from '#app/ui/plan-table.tsx'
import { asVisitor } from '#app/web/as-visitor.server.ts'
import { brandOf, storeTextsOf } from '#app/web/brand.server.ts'
import { languageOf } from '#app/web/preferences.server.ts'
import { storeCurrencyOf } from '#app/web/store-currency.server.ts'
import { tenantOf } from '#app/web/tenant-of.server.ts'
import { Hero } from './hero.tsx'
import { Bundles, Included, Locations, Questions, Section } from './sections.tsx'

export async function loader({ request }: LoaderFunctionArgs) {
  const tenant = await tenantOf(request)
  const language = await languageOf(request, tenant)
  const { pack } = brandOf(tenant)
  const { currency } = await storeCurrencyOf(request)
  const catalog = await asVisitor(request, (ctx) => readStoreCatalog(ctx, { language, currency }))
  return { catalog, texts: storeTextsOf(pack, language), name: pack.name }
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${data.name} · ${data.texts.promise}` : '' },
  { name: 'description', content: data?.texts.lead },
  { property: 'og:title', content: data?.texts.promise },
  { property: 'og:site_name', content: data?.name },
]

export default function StoreHome() {
  const { catalog, texts } = useLoaderData<typeof loader>()
  const { t } = useTranslation('store')
  const [search] = useSearchParams()
  const at = catalog?.locations.find(({ code }) => code === search.get('at'))?.code ?? null
  const basis = search.get('tax') === 'net' ? 'net' : 'gross'
  const plans = catalog?.plans.filter(({ locations }) => !at || locations.includes(at)) ?? []
  return (
    <main id="main">
      <Hero catalog={catalog} texts={texts} />
      <Section
        id="plans"
        title={t('plans.title')}
        aside={
          catalog && plans.length > 0 ? <PlanSwitches basis={basis} tax={catalog.tax} locations={catalog.locations} location={at} /> : null
        }
      >
        {catalog && plans.length > 0 ? (
          <PlanTable plans={plans} basis={basis} currency={catalog.currency} />
        ) : (
          <EmptyState title={t('plans.none')}>{t('plans.noneText')}</EmptyState>
        )}
        {catalog ? (
          <p className="mt-3 max-w-[44rem] text-sm text-muted">
            {t(catalog.tax.percent === '0' ? 'plans.noteNoTax' : `plans.note.${basis}`)}
          </p>
        ) : null}
      </Section>
      {catalog ? <Bundles catalog={catalog} basis={basis} /> : null}
      {catalog ? <Locations catalog={catalog} /> : null}
      <Included />
      <Questions questions={texts.questions} />
    </main>
  )
}
