import { type LoaderFunctionArgs, type MetaFunction, redirect, redirectDocument } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { readSearch } from '#app/domain/shared/search-words.ts'
import { searchPanel } from '#app/reports/search/panel.server.ts'
import { SearchPage } from '#app/ui/shell/search-page.tsx'
import { isOtherArea, pathOf, shownGroups } from '#app/ui/shell/search-paths.ts'
import { asCustomer, customerOf } from '#app/web/request/as-customer.server.ts'
import { filterOf } from '#app/web/request/filters.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { languageOf } from '#app/web/request/preferences.server.ts'
import { tenantOf } from '#app/web/request/tenant-of.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  await customerOf(request)
  const language = await languageOf(request, await tenantOf(request))
  const words = readSearch(filterOf(request).get('q'))
  const found = words && (await asCustomer(request, undefined, (ctx, { can }) => searchPanel(ctx, { words, language, can })))
  if (found?.exact) {
    const path = pathOf('panel', found.exact)
    throw isOtherArea(path) ? redirectDocument(path) : redirect(path)
  }
  return {
    text: words?.text ?? null,
    groups: found ? shownGroups('panel', found.groups) : [],
    title: await pageTitle(request, 'search', 'title'),
  }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Search() {
  const { text, groups } = useLoaderData<typeof loader>()
  return <SearchPage area="panel" text={text} groups={groups} />
}
