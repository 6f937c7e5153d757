type Headers = {
  readonly method: string
  readonly host: string | undefined
  readonly origin: string | undefined
  readonly fetchSite: string | undefined
}

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Whether a request that may change something came from a page of this very host. The browser names the page's origin;
 * a request that names none is refused too, for no form of ours ever lacks it.
 */
export function isFromOurPage({ method, host, origin, fetchSite }: Headers): boolean {
  if (safeMethods.has(method)) return true
  if (fetchSite !== undefined && fetchSite !== 'same-origin') return false
  if (!origin || !host || !URL.canParse(origin)) return false
  return new URL(origin).host === host
}
