import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { NameList } from '#app/ui/base/name-list.tsx'
import { useFormat } from '#app/ui/base/use-format.ts'
import { ServicePrice, ServiceTerm } from '#app/ui/catalog/service-price.tsx'
import { brandOf } from '#app/web/branding/brand.server.ts'
import { titleOf } from '#app/web/request/page-title.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'
import { tenantOf } from '#app/web/request/tenant-of.server.ts'
import { choiceIn, problemsOf } from '../_store.checkout/choice.server.ts'
import { estimateOf } from '../_store.checkout/estimate.server.ts'
import { readerCatalog } from '../_store.order._index/reader-catalog.server.ts'
import { ServiceForm } from './service-form.tsx'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const tenant = await tenantOf(request)
  const catalog = orNotFound(await readerCatalog(request))
  const service = orNotFound(catalog.services.find(({ code }) => code === params.code))
  const search = new URL(request.url).searchParams
  const choice = choiceIn(new URLSearchParams([['service', service.code], ...search]))
  const problems = problemsOf(catalog, choice)
  const stated = { kind: 'personal', country: tenant.country, vatId: '' } as const
  const asked = 'units' in problems ? { ...choice, units: 1 } : choice
  const estimate = await estimateOf(request, { choices: [asked], stated, codes: [] })
  return { service, quote: estimate?.quote ?? null, problems, title: titleOf(service.name, brandOf(tenant).pack.name) }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: page?.title },
  { name: 'description', content: page?.service.description ?? page?.service.name },
]

export default function ServiceOrder() {
  const { t } = useTranslation('store')
  const format = useFormat()
  const { service, quote, problems } = useLoaderData<typeof loader>()
  const { percent } = service.tax
  return (
    <main id="main" className="page pt-10">
      <h1 className="text-2xl font-semibold">{service.name}</h1>
      {service.description ? <p className="mt-2 max-w-[44rem] whitespace-pre-line text-muted">{service.description}</p> : null}
      <div className="mt-4 grid gap-1">
        <ServicePrice service={service} basis="gross" />
        <p className="text-sm text-muted">
          {percent === '0' ? t('price.noTax') : t('price.including', { percent: format.percent(percent) })}
        </p>
        <p className="text-sm text-muted">
          <ServiceTerm service={service} />
        </p>
        {service.included.length > 0 ? (
          <p className="text-sm text-muted">
            <NameList names={service.included} />
          </p>
        ) : null}
      </div>
      <ServiceForm service={service} quote={quote} problems={problems} />
    </main>
  )
}
