import { useRouteLoaderData } from '@remix-run/react'
import type { RootFacts } from './page-facts.server.ts'

/** The facts the root loaded; undefined on an error page that came before them. */
export function useRootFacts(): RootFacts | undefined {
  return useRouteLoaderData('root') as RootFacts | undefined
}
