import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { readStoreCatalog } from '#app/reports/store/query.server.ts'
import { StoreShell } from '#app/ui/shell/store-shell.tsx'
import { storeTextsOf } from '#app/web/branding/brand.server.ts'
import { brandShown } from '#app/web/branding/brand-preview.server.ts'
import { staffOf } from '#app/web/request/as-staff.server.ts'
import { asVisitor } from '#app/web/request/as-visitor.server.ts'
import { languageOf } from '#app/web/request/preferences.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'
import { useRootFacts } from '#app/web/request/use-root-facts.ts'
import { sellerLines } from '#app/web/store/seller-lines.server.ts'
import { footerLinks } from '#app/web/store/store-footer.server.ts'
import { Home } from '../_store._index/home.tsx'
import { InvoicePreview } from './invoice-preview.tsx'
import { PanelPreview } from './panel-preview.tsx'

/** The draft of the brand as a page would wear it: the store with its own catalog, the panel with invented figures, a sample invoice. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const { tenant } = await staffOf(request, 'brand:write')
  const surface = orNotFound((['store', 'panel', 'invoice'] as const).find((one) => one === params.surface))
  const { pack } = await brandShown(request, tenant)
  const language = await languageOf(request, tenant)
  const { search } = new URL(request.url)
  const shared = { title: pack.name, currency: pack.currency, search }
  if (surface !== 'store') return { ...shared, surface }
  const catalog = await asVisitor(request, (ctx) => readStoreCatalog(ctx, { language, currency: pack.currency }))
  const foot = { legalLines: sellerLines(pack, language), links: footerLinks({ pack, language, hasNews: false }) }
  return { ...shared, surface, catalog, texts: storeTextsOf(pack, language), order: pack.home, ...foot }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }, { name: 'robots', content: 'noindex' }]

/** React 18 hands the attribute on and does not know it. */
const unreachable: object = { inert: '' }

/** Nothing of a preview can be clicked: it is a picture of pages. */
export default function Preview() {
  const page = useLoaderData<typeof loader>()
  const root = useRootFacts()
  if (!root) return null
  return (
    <div {...unreachable}>
      {page.surface === 'store' ? (
        <StoreShell logo={root.logo} viewer={null} legalLines={page.legalLines} links={page.links} currencies={[]}>
          <Home catalog={page.catalog} texts={page.texts} order={page.order} />
        </StoreShell>
      ) : page.surface === 'panel' ? (
        <PanelPreview currency={page.currency} logo={root.logo} />
      ) : (
        <InvoicePreview search={page.search} />
      )}
    </div>
  )
}
