import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, useLoaderData, useSearchParams } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { readStoreCatalog } from '#app/reports/store/query.server.ts'
import { ButtonLink, buttonClasses } from '#app/ui/base/button.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { TextInput } from '#app/ui/forms/field.tsx'
import { asVisitor } from '#app/web/request/as-visitor.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { languageOf } from '#app/web/request/preferences.server.ts'
import { tenantOf } from '#app/web/request/tenant-of.server.ts'
import { storeCurrencyOf } from '#app/web/store/store-currency.server.ts'
import { ComparisonTable } from './comparison-table.tsx'

const most = 4

export async function loader({ request }: LoaderFunctionArgs) {
  const tenant = await tenantOf(request)
  const language = await languageOf(request, tenant)
  const { currency } = await storeCurrencyOf(request)
  const trafficGb = trafficIn(new URL(request.url).searchParams)
  const catalog = await asVisitor(request, (ctx) => readStoreCatalog(ctx, { language, currency, trafficGb }))
  return { catalog, title: await pageTitle(request, 'store', 'compare.title') }
}

/** The traffic that was typed in, in GB: whole, and no more than a petabyte a month. Null for anything else. */
function trafficIn(search: URLSearchParams): number | null {
  const typed = search.get('gb')?.trim() ?? ''
  return /^\d{1,6}$/.test(typed) ? Number(typed) : null
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data?.title }]

export default function Compare() {
  const { catalog } = useLoaderData<typeof loader>()
  const { t } = useTranslation('store')
  const [search] = useSearchParams()
  const wanted = search.getAll('plan')
  const offers = catalog ? [...catalog.plans, ...catalog.bundles] : []
  const chosen = (wanted.length > 0 ? offers.filter(({ code }) => wanted.includes(code)) : offers).slice(0, most)
  const basis = search.get('tax') === 'net' ? 'net' : 'gross'
  return (
    <main id="main" className="page pt-10">
      <h1 className="text-2xl font-semibold">{t('compare.title')}</h1>
      <p className="mt-2 mb-8 text-muted">{wanted.length > most ? t('compare.tooMany', { count: most }) : t('compare.lead')}</p>
      {catalog && chosen.some(({ hasServer }) => hasServer) ? <UseForm search={search} /> : null}
      {catalog && chosen.length > 0 ? (
        <ComparisonTable plans={chosen} catalog={catalog} basis={basis} />
      ) : (
        <EmptyState title={t('compare.none')} action={<ButtonLink to="/#plans">{t('hero.plans')}</ButtonLink>} />
      )}
    </main>
  )
}

/** The use of a month, typed in: the address holds it, so that the totals can be shared. */
function UseForm({ search }: { search: URLSearchParams }) {
  const { t } = useTranslation('store')
  return (
    <Form method="get" preventScrollReset className="mb-6 flex flex-wrap items-end gap-3">
      {[...search]
        .filter(([name]) => name === 'plan' || name === 'tax')
        .map(([name, value]) => (
          <input key={`${name} ${value}`} type="hidden" name={name} value={value} />
        ))}
      <TextInput
        name="gb"
        label={t('compare.use')}
        inputMode="numeric"
        pattern="[0-9]{1,6}"
        maxLength={6}
        defaultValue={search.get('gb') ?? ''}
        dir="ltr"
        className="w-56"
      />
      <button type="submit" className={buttonClasses('secondary')}>
        {t('compare.workOut')}
      </button>
    </Form>
  )
}
