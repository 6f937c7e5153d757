import { randomBytes } from 'node:crypto'

/** A secret of 256 random bits, safe in a cookie and in a URL. Only its hash is stored. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

/** Whether `text` can be a token of ours at all; saves a query for the rest. */
export function looksLikeToken(text: string): boolean {
  return /^[\w-]{43}$/.test(text)
}
