import latinFontUrl from '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url'
import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Links, Meta, Outlet, Scripts, ScrollRestoration, useRouteLoaderData } from '@remix-run/react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { PageProvider } from '#app/ui/base/page-context.tsx'
import { ProblemPage } from '#app/ui/base/problem-page.tsx'
import { Toast } from '#app/ui/base/toast.tsx'
import { useAlertInSight } from '#app/ui/forms/use-alert-in-sight.ts'
import { SkipLink } from '#app/ui/shell/skip-link.tsx'
import { useNonce } from '#app/web/answers/nonce.tsx'
import { type RootFacts, rootFacts } from '#app/web/request/page-facts.server.ts'
import { PageTexts } from '#app/web/request/page-texts.tsx'
import { StoreLinks } from '#app/web/store/store-links.tsx'
import stylesUrl from './tailwind.css?url'

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: stylesUrl }]

export const loader = ({ request }: LoaderFunctionArgs) => rootFacts(request)

/** For pages without a title of their own, the page of a refusal among them. */
export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data?.sellerName ?? '' }]

/** What a page wears when even its facts could not be loaded. */
const bareFacts: Pick<
  RootFacts,
  'language' | 'languages' | 'locale' | 'direction' | 'zone' | 'theme' | 'formToken' | 'sellerName' | 'ownMeters' | 'density'
> = {
  language: 'en',
  languages: [],
  locale: 'en-u-nu-latn',
  direction: 'ltr',
  zone: 'UTC',
  theme: 'system',
  formToken: '',
  sellerName: '',
  ownMeters: [],
  density: 'comfortable',
}

export function Layout({ children }: { children: ReactNode }) {
  const loaded = useRouteLoaderData<typeof loader>('root')
  const facts = loaded ?? bareFacts
  const nonce = useNonce()
  return (
    <html lang={facts.language} dir={facts.direction} data-scheme={facts.theme} data-density={facts.density}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <Meta />
        <Links />
        {/* Else the browser learns of it only when it has read the styles, and writes every text twice. */}
        {loaded?.font === 'inter' && loaded.direction === 'ltr' ? (
          <link rel="preload" as="font" type="font/woff2" href={latinFontUrl} crossOrigin="anonymous" />
        ) : null}
        {loaded ? <StoreLinks origin={loaded.storeOrigin} languages={loaded.languages} /> : null}
        {loaded?.icons.map((icon) => (
          <link key={icon.href} {...icon} />
        ))}
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: made of checked colour tokens, see app/brand/brand-css.ts */}
        {loaded ? <style nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: loaded.brandCss }} /> : null}
      </head>
      <body className="min-h-dvh bg-bg font-sans text-text">
        <PageProvider facts={facts}>
          <SkipLink />
          {children}
          <RootToast toast={loaded?.toast} />
        </PageProvider>
        <PageTexts />
        <ScrollRestoration nonce={nonce} />
        <Scripts nonce={nonce} />
      </body>
    </html>
  )
}

function RootToast({ toast }: { toast: string | undefined }) {
  const { t, i18n } = useTranslation('common')
  const key = `toast.${toast}`
  return <Toast text={toast && i18n.exists(key) ? t(key as 'toast.saved') : undefined} />
}

export default function Root() {
  useAlertInSight()
  return <Outlet />
}

export function ErrorBoundary() {
  const loaded = useRouteLoaderData<typeof loader>('root')
  return (
    <main id="main">
      <ProblemPage requestId={loaded?.requestId} homePath="/" />
    </main>
  )
}
