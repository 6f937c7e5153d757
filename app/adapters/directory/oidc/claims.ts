type Claims = Readonly<Record<string, unknown>>

/** What stands at a path with dots; a claim whose own name has dots goes before. */
export function claimsOf(claims: Claims, path: string): unknown {
  if (path in claims) return claims[path]
  let value: unknown = claims
  for (const part of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined
    value = (value as Claims)[part]
  }
  return value
}

/** A text of the claims; null for anything else. */
export function textIn(claims: Claims, name: string): string | null {
  const value = claims[name]
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null
}

/** The address and what is said of it; some directories write the word for true as a text. */
export function addressIn(claims: Claims): { email: string | null; isEmailVerified: boolean | null } {
  const said = claims.email_verified
  const isEmailVerified = said === true || said === 'true' ? true : said === undefined || said === null ? null : false
  return { email: textIn(claims, 'email'), isEmailVerified }
}

/** Names of groups: a list of texts, or one. Whatever else stands there gives nothing. */
export function groupsIn(value: unknown): string[] {
  const list = Array.isArray(value) ? value : [value]
  return list.filter((one): one is string => typeof one === 'string' && one !== '').slice(0, 1000)
}
