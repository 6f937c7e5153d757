import { createContext, useContext } from 'react'

/** The one-time word that lets this page's own scripts and style run under the content security policy. */
export const NonceContext = createContext<string | undefined>(undefined)

/** The nonce while rendering on the server; undefined in the browser, which hides it from scripts. */
export function useNonce(): string | undefined {
  return useContext(NonceContext)
}
