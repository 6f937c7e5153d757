import { isIP } from 'node:net'
import { domainToASCII, domainToUnicode } from 'node:url'
import { getDomain, getPublicSuffix } from 'tldts'
import { mixesScripts, skeletonOf } from '#app/domain/domains/look-alike.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'

export type HostProblem =
  | 'host-malformed'
  | 'host-is-address'
  | 'host-is-local'
  | 'host-is-ours'
  | 'host-is-suffix'
  | 'host-mixes-scripts'
  | 'host-looks-alike'

/** A name that a store may answer at. */
export type StoreHost = {
  /** As it travels: lower case, ASCII. */
  readonly host: string
  /** The part of it that was registered. */
  readonly registrable: string
  /** How the registered part looks. */
  readonly skeleton: string
}

/** So that the name of its proof fits into 253 letters. */
const longest = 239
/** Names that lead nowhere on the internet, or only on the machine itself. */
const localEnds = ['localhost', 'local', 'internal', 'invalid', 'lan', 'home', 'corp', 'onion', 'arpa', 'alt']
const options = { allowPrivateDomains: true, validateHostname: false }

/**
 * The name that was `typed`, fit to be looked up: no port, path, user, wildcard or address, not a public suffix, nothing below
 * `baseDomain`, no mixed scripts, and nothing that looks like `baseDomain`.
 */
export function readStoreHost(typed: string, baseDomain: string): Result<StoreHost, HostProblem> {
  const plain = plainName(typed.trim())
  if (!plain.ok) return plain
  const host = plain.value
  if (localEnds.includes(host.split('.').at(-1) ?? '')) return err('host-is-local')
  if (host === baseDomain || host.endsWith(`.${baseDomain}`) || baseDomain.endsWith(`.${host}`)) return err('host-is-ours')
  const registrable = getDomain(host, options)
  if (!registrable || getPublicSuffix(host, options) === host) return err('host-is-suffix')
  if (mixesScripts(domainToUnicode(host))) return err('host-mixes-scripts')
  const skeleton = skeletonOf(domainToUnicode(registrable))
  const ours = getDomain(baseDomain, options) ?? baseDomain
  if (registrable !== ours && skeleton === skeletonOf(domainToUnicode(ours))) return err('host-looks-alike')
  return ok({ host, registrable, skeleton })
}

/** The ASCII spelling of a plain name: no address, and nothing that belongs to a URL or a rule. */
function plainName(text: string): Result<string, 'host-is-address' | 'host-malformed'> {
  if (text.length > 500 || /[\s/:@?#%\\[\]*_!]|\.\.|^\.|\.$/.test(text)) return err(isAddress(text) ? 'host-is-address' : 'host-malformed')
  const host = domainToASCII(text).toLowerCase()
  if (isIP(host)) return err('host-is-address')
  const isName = host.length <= longest && /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(host)
  return isName ? ok(host) : err('host-malformed')
}

/** The registered name that the policy of `domain`'s mails may stand at; the domain itself where it is one. */
export function registrableOf(domain: string): string {
  return getDomain(domain, options) ?? domain
}

function isAddress(text: string): boolean {
  return isIP(text.replace(/^\[|\]$/g, '').replace(/^([\d.]+):\d+$/, '$1')) > 0
}
