import { createContext, type ReactNode, useContext } from 'react'
import type { Unit } from '#app/domain/usage/units.ts'
import type { Language } from '#app/i18n/languages.ts'

export type Theme = 'system' | 'light' | 'dark'

export type NamedMeter = {
  readonly code: string
  readonly unit: Unit
  readonly name: string
  /** What one unit is called; empty: as the unit. */
  readonly unitWord: string
  readonly isRetired: boolean
}

/** What every component may need to know about the page it stands on; the server decides all of it. */
export type PageFacts = {
  readonly language: Language
  readonly languages: readonly Language[]
  /** BCP 47 locale of formats: the language with the seller's country. */
  readonly locale: string
  /** IANA zone in which instants are shown. */
  readonly zone: string
  readonly theme: Theme
  /** Goes into every form that changes something. */
  readonly formToken: string
  /** The name the store trades under. */
  readonly sellerName: string
  /** Meters that the seller defined, in words of the page's language. */
  readonly ownMeters: readonly NamedMeter[]
}

const PageContext = createContext<PageFacts | undefined>(undefined)

/** Puts `facts` under everything below it. */
export function PageProvider(props: { facts: PageFacts; children: ReactNode }) {
  return <PageContext.Provider value={props.facts}>{props.children}</PageContext.Provider>
}

/** The facts of the present page. @throws Error outside a PageProvider. */
export function usePage(): PageFacts {
  const facts = useContext(PageContext)
  if (!facts) throw new Error('usePage: no PageProvider above')
  return facts
}
