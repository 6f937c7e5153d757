import { useLocation } from '@remix-run/react'
import type { Language } from '#app/i18n/languages.ts'
import { isPublicPage, pageAddress } from './store-pages.ts'

type StoreLinksProps = {
  /** The main host of the store: the one that its pages are known by. */
  origin: string
  languages: readonly Language[]
}

/** Tells search engines under which one address a page is known, and where it stands in other languages. */
export function StoreLinks({ origin, languages }: StoreLinksProps) {
  const { pathname, search } = useLocation()
  if (!isPublicPage(pathname)) return <meta name="robots" content="noindex" />
  const chosen = new URLSearchParams(search).get('lang')
  const language = languages.find((offered) => offered === chosen)
  return (
    <>
      <link rel="canonical" href={pageAddress(origin, pathname, language)} />
      {languages.length > 1
        ? languages.map((offered) => (
            <link key={offered} rel="alternate" hrefLang={offered} href={pageAddress(origin, pathname, offered)} />
          ))
        : null}
      {languages.length > 1 ? <link rel="alternate" hrefLang="x-default" href={pageAddress(origin, pathname)} /> : null}
    </>
  )
}
