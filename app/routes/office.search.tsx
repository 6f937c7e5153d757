import { type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { readSearch } from '#app/domain/shared/search-words.ts'
import { searchOffice } from '#app/reports/search/office.server.ts'
import { SearchPage } from '#app/ui/shell/search-page.tsx'
import { pathOf, shownGroups } from '#app/ui/shell/search-paths.ts'
import { asStaff, staffOf } from '#app/web/request/as-staff.server.ts'
import { filterOf } from '#app/web/request/filters.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { languageOf } from '#app/web/request/preferences.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const { tenant } = await staffOf(request)
  const language = await languageOf(request, tenant)
  const words = readSearch(filterOf(request).get('q'))
  const found = words && (await asStaff(request, undefined, (ctx, { can }) => searchOffice(ctx, { words, language, can })))
  if (found?.exact) throw redirect(pathOf('office', found.exact))
  return {
    text: words?.text ?? null,
    groups: found ? shownGroups('office', found.groups) : [],
    title: await pageTitle(request, 'search', 'title'),
  }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Search() {
  const { text, groups } = useLoaderData<typeof loader>()
  return <SearchPage area="office" text={text} groups={groups} />
}
