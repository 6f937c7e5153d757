import { err, ok, type Result } from '../shared/result.ts'

export type InterfaceAddressProblem = 'malformed-address' | 'address-not-secure'

/**
 * The address of a cloud's interface as its visitors see it, without a slash at its end. Only https, except on this machine; refuses
 * user parts, a query, a fragment and network addresses in place of a name.
 */
export function readInterfaceAddress(typed: string): Result<string, InterfaceAddressProblem> {
  const text = typed.trim()
  const url = text.length <= 300 && URL.canParse(text) ? new URL(text) : null
  if (!url || url.username || url.password || url.search || url.hash || /[?#@]/.test(text)) return err('malformed-address')
  const isHere = url.hostname === 'localhost' || url.hostname.endsWith('.localhost')
  if (!isHere && !/^(?=.*[a-z])[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(url.hostname)) return err('malformed-address')
  if (url.protocol === 'http:' && !isHere) return err('address-not-secure')
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return err('malformed-address')
  return ok(`${url.origin}${url.pathname.replace(/\/+$/, '')}`)
}
