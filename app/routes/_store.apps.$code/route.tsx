import { type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { designOfCode } from '#app/domain/apps/design.ts'
import { listProjectsForOrder } from '#app/reports/projects/query.server.ts'
import { brandOf } from '#app/web/branding/brand.server.ts'
import { asCustomer } from '#app/web/request/as-customer.server.ts'
import { titleOf } from '#app/web/request/page-title.server.ts'
import { orNotFound, refuse } from '#app/web/request/refuse.server.ts'
import { viewerOf } from '#app/web/request/session.server.ts'
import { tenantOf } from '#app/web/request/tenant-of.server.ts'
import { applicationIn } from '../_store.checkout/application.server.ts'
import { estimateOf } from '../_store.checkout/estimate.server.ts'
import { readerCatalog } from '../_store.order._index/reader-catalog.server.ts'
import { AppForm } from './app-form.tsx'
import { whyNot } from './why-not.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const tenant = await tenantOf(request)
  const catalog = orNotFound(await readerCatalog(request))
  const search = new URL(request.url).searchParams
  const application = await applicationIn(request, params.code ?? '', search)
  if (!application) throw await whereToChange(request, params.code ?? '')
  const { offer, tiers } = application
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

/** A design that cannot be ordered says why on its own page, to who may see it; there is nothing else here. */
async function whereToChange(request: Request, code: string) {
  const design = (await viewerOf(request))?.hasPanel ? designOfCode(code) : undefined
  return design ? redirect(`/panel/applications/designs/${design}`) : refuse(404, 'not-found')
}

/** The projects that a customer can put the servers in; none for a visitor, and for who may not order. */
async function projectsOf(request: Request) {
  if (!(await viewerOf(request))?.hasPanel) return []
  return asCustomer(request, undefined, (ctx, { accountId, can }) =>
    can('order:write') ? listProjectsForOrder(ctx, accountId) : Promise.resolve([]),
  )
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
