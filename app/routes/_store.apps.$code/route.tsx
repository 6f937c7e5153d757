import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { isApplicationName } from '#app/domain/apps/composition.ts'
import { listProjectsForOrder } from '#app/reports/projects/query.server.ts'
import { asCustomer } from '#app/web/as-customer.server.ts'
import { brandOf } from '#app/web/brand.server.ts'
import { titleOf } from '#app/web/page-title.server.ts'
import { orNotFound } from '#app/web/refuse.server.ts'
import { viewerOf } from '#app/web/session.server.ts'
import { tenantOf } from '#app/web/tenant-of.server.ts'
import { type ApplicationChoice, applicationIn } from '../_store.checkout/application.server.ts'
import { problemsOf } from '../_store.checkout/choice.server.ts'
import { estimateOf } from '../_store.checkout/estimate.server.ts'
import type { ReaderCatalog } from '../_store.order._index/chosen.ts'
import { readerCatalog } from '../_store.order._index/reader-catalog.server.ts'
import { AppForm } from './app-form.tsx'
import { placesFor } from './places.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const tenant = await tenantOf(request)
  const catalog = orNotFound(await readerCatalog(request))
  const application = orNotFound(await applicationIn(request, params.code ?? ''))
  const { offer, tiers } = application
  const search = new URL(request.url).searchParams
  const stated = { kind: 'personal', country: tenant.country, vatId: '' } as const
  const estimate = await estimateOf(request, { choices: tiers.map(({ choice }) => choice), stated, codes: [] })
  return {
    offer,
    catalog: { plans: catalog.plans, locations: catalog.locations, images: catalog.images, own: catalog.own },
    chosen: tiers.map(({ tier, planCode, count }) => ({ code: tier.code, planCode, count })),
    quote: estimate?.quote ?? null,
    projects: await projectsOf(request),
    problems: search.has('check') ? whyNot(catalog, application) : {},
    title: titleOf(offer.name, brandOf(tenant).pack.name),
  }
}

/** The projects that a customer can put the servers in; none for a visitor, and for who may not order. */
async function projectsOf(request: Request) {
  if (!(await viewerOf(request))?.hasPanel) return []
  return asCustomer(request, undefined, (ctx, { accountId, can }) =>
    can('order:write') ? listProjectsForOrder(ctx, accountId) : Promise.resolve([]),
  )
}

/** What of the choice in the address cannot be ordered, by field. */
function whyNot(catalog: ReaderCatalog, { tiers, name, problems }: ApplicationChoice): Readonly<Record<string, string>> {
  const ofTiers = tiers.flatMap(({ tier: { code }, choice }) => {
    const { plan, quantity, image, location, sshKey, key } = problemsOf(catalog, choice)
    const wrong = { [`plan-${code}`]: plan ?? image, [`count-${code}`]: quantity, location, sshKey, key }
    return Object.entries(wrong).flatMap(([field, problem]) => (problem ? [[field, problem] as const] : []))
  })
  const ofLimits = problems.map(({ tier, problem }) => [problem === 'tier-plan' ? `plan-${tier}` : `count-${tier}`, problem] as const)
  const places = placesFor(catalog, tiers)
  return {
    ...(isApplicationName(name) ? {} : { name: name ? 'application-name' : 'required' }),
    ...(places.length > 0 ? {} : { location: 'sold-out' }),
    ...Object.fromEntries([...ofTiers, ...ofLimits]),
  }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: page?.title },
  { name: 'description', content: page?.offer.description },
]

export default function AppOrder() {
  const page = useLoaderData<typeof loader>()
  return (
    <main id="main" className="page pt-10">
      <h1 className="text-2xl font-semibold">{page.offer.name}</h1>
      {page.offer.description ? <p className="mt-2 max-w-[44rem] whitespace-pre-line text-muted">{page.offer.description}</p> : null}
      <AppForm {...page} />
    </main>
  )
}
