import type { LoaderFunctionArgs } from '@remix-run/node'
import { Outlet, useLoaderData } from '@remix-run/react'
import { hasStoreNews } from '#app/reports/news/query.server.ts'
import { readStoreCurrencies } from '#app/reports/store/query.server.ts'
import { ProblemPage } from '#app/ui/base/problem-page.tsx'
import { StoreShell } from '#app/ui/shell/store-shell.tsx'
import { brandOf } from '#app/web/branding/brand.server.ts'
import { asVisitor } from '#app/web/request/as-visitor.server.ts'
import { languageOf } from '#app/web/request/preferences.server.ts'
import { tenantOf } from '#app/web/request/tenant-of.server.ts'
import { useRootFacts } from '#app/web/request/use-root-facts.ts'
import { sellerLines } from '#app/web/store/seller-lines.server.ts'
import { storeCurrencyOf } from '#app/web/store/store-currency.server.ts'
import { footerLinks } from '#app/web/store/store-footer.server.ts'

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
