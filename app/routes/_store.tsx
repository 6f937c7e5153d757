import type { LoaderFunctionArgs } from '@remix-run/node'
import { Outlet, useLoaderData } from '@remix-run/react'
import { ProblemPage } from '#app/ui/problem-page.tsx'
import { StoreShell } from '#app/ui/store-shell.tsx'
import { brandOf } from '#app/web/brand.server.ts'
import { languageOf } from '#app/web/preferences.server.ts'
import { sellerLines } from '#app/web/seller-lines.server.ts'
import { tenantOf } from '#app/web/tenant-of.server.ts'
import { useRootFacts } from '#app/web/use-root-facts.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const tenant = await tenantOf(request)
  return { legalLines: sellerLines(brandOf(tenant).pack, await languageOf(request, tenant)) }
}

export default function Store() {
  const { legalLines } = useLoaderData<typeof loader>()
  const root = useRootFacts()
  if (!root) return null
  return (
    <StoreShell logo={root.logo} viewer={root.viewer} legalLines={legalLines}>
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
    <StoreShell logo={root.logo} viewer={root.viewer} legalLines={[]}>
      {problem}
    </StoreShell>
  ) : (
    problem
  )
}
