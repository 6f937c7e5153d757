import type { LoaderFunctionArgs } from '@remix-run/node'
import { Outlet, useLoaderData } from '@remix-run/react'
import { readStoreCurrencies } from '#app/reports/store/query.server.ts'
import { ProblemPage } from '#app/ui/problem-page.tsx'
import { StoreShell } from '#app/ui/store-shell.tsx'
import { asVisitor } from '#app/web/as-visitor.server.ts'
import { brandOf } from '#app/web/brand.server.ts'
import { legalPagesOf } from '#app/web/legal-pages.server.ts'
import { languageOf } from '#app/web/preferences.server.ts'
import { sellerLines } from '#app/web/seller-lines.server.ts'
import { storeCurrencyOf } from '#app/web/store-currency.server.ts'
import { tenantOf } from '#app/web/tenant-of.server.ts'
import { useRootFacts } from '#app/web/use-root-facts.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const tenant = await tenantOf(request)
  const { currency, isAgreed } = await storeCurrencyOf(request)
  const offered = await asVisitor(request, (ctx) => readStoreCurrencies(ctx))
  const chosen = offered.find((code) => code === currency) ?? offered[0]
  return {
    currencies: isAgreed ? [] : offered.map((code) => ({ code, isChosen: code === chosen })),
    legalPages: legalPagesOf(tenant),
    legalLines: sellerLines(brandOf(tenant).pack, await languageOf(request, tenant)),
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
    <StoreShell logo={root.logo} viewer={root.viewer} legalLines={[]} legalPages={[]} currencies={[]}>
      {problem}
    </StoreShell>
  ) : (
    problem
  )
}
