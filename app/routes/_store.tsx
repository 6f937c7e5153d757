import type { LoaderFunctionArgs } from '@remix-run/node'
import { Outlet, useLoaderData } from '@remix-run/react'
import { hasStoreNews } from '#app/reports/news/query.server.ts'
import { readStoreCurrencies } from '#app/reports/store/query.server.ts'
import { ProblemPage } from '#app/ui/problem-page.tsx'
import { StoreShell } from '#app/ui/store-shell.tsx'
import { asVisitor } from '#app/web/as-visitor.server.ts'
import { brandOf } from '#app/web/brand.server.ts'
import { languageOf } from '#app/web/preferences.server.ts'
import { sellerLines } from '#app/web/seller-lines.server.ts'
import { storeCurrencyOf } from '#app/web/store-currency.server.ts'
import { footerLinks } from '#app/web/store-footer.server.ts'
import { tenantOf } from '#app/web/tenant-of.server.ts'
import { useRootFacts } from '#app/web/use-root-facts.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const tenant = await tenantOf(request)
  const { currency, isAgreed } = await storeCurrencyOf(request)
  const { offered, hasNews } = await asVisitor(request, async (ctx) => ({
    offered: await readStoreCurrencies(ctx),
    hasNews: await hasStoreNews(ctx),
  }))
  const { pack } = brandOf(tenant)
  const language = await languageOf(request, tenant)
  const chosen = offered.find((code) => code === currency) ?? offered[0]
  return {
    currencies: isAgreed ? [] : offered.map((code) => ({ code, isChosen: code === chosen })),
    links: footerLinks({ pack, language, hasNews }),
    legalLines: sellerLines(pack, language),
  }
}

export default function Store() {
  const footer = useLoaderData<typeof loader>()
  const root = useRootFacts()
  if (!root) return null
  return (
    <StoreShell logo={root.logo} viewer={root.viewer} {...footer}>
      <Outlet />
    </StoreShell>
  )
}

export function ErrorBoundary() {
  const root = useRootFacts()
  const problem = (
    <main id="main">
      <ProblemPage requestId={root?.requestId} homePath="/" />
    </main>
  )
  return root ? (
    <StoreShell logo={root.logo} viewer={root.viewer} legalLines={[]} links={[]} currencies={[]}>
      {problem}
    </StoreShell>
  ) : (
    problem
  )
}
