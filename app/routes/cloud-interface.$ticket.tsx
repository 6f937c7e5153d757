import type { HeadersFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { data } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { ServerStateView } from '#app/ui/cloud/server-state.tsx'
import { enterCloud, type ShownVisit } from '#app/web/desks/cloud-visit.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const visit = await enterCloud(request, params.ticket ?? '')
  const title = await pageTitle(request, 'common', 'cloudVisit.title')
  return data({ visit, title }, { status: visit ? 200 : 410, headers: { 'Cache-Control': 'no-store' } })
}

export const headers: HeadersFunction = ({ loaderHeaders }) => loaderHeaders

/** The way in works once: what it showed stays as long as the page does. */
export const shouldRevalidate = () => false

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }, { name: 'robots', content: 'noindex' }]

/** The interface of the simulated cloud: whose it is signed in to, and what there is. */
export default function CloudVisit() {
  const { visit } = useLoaderData<typeof loader>()
  const { t } = useTranslation('common')
  return (
    <main id="main" className="mx-auto max-w-[48rem] px-4 py-12">
      <div className="grid gap-6 rounded-card border border-border bg-surface p-6">
        <div>
          <h1 className="text-lg font-semibold">{t(visit ? 'cloudVisit.title' : 'cloudVisit.used')}</h1>
          <p className="mt-1 text-sm text-muted">{t(visit ? 'cloudVisit.text' : 'cloudVisit.usedText')}</p>
        </div>
        {visit ? <Visit visit={visit} /> : null}
      </div>
    </main>
  )
}

function Visit({ visit }: { readonly visit: ShownVisit }) {
  const { t } = useTranslation('common')
  return (
    <>
      <dl>
        <dt className="text-sm text-muted">{t('cloudVisit.signedInTo')}</dt>
        <dd className="font-mono text-[0.8125rem] break-all">
          <bdi dir="ltr">{visit.ownerId}</bdi>
        </dd>
      </dl>
      <ul className="divide-y divide-border">
        {visit.servers.map(({ ref, name, state, address }) => (
          <li key={ref} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2">
            <bdi className="font-medium break-all">{name}</bdi>
            <bdi dir="ltr" className="font-mono text-[0.8125rem]">
              {address ?? '–'}
            </bdi>
            <ServerStateView state={state} />
          </li>
        ))}
      </ul>
      {visit.servers.length === 0 ? <p className="text-sm text-muted">{t('cloudVisit.nothing')}</p> : null}
    </>
  )
}
