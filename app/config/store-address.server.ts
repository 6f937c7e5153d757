import { environment } from './env.server.ts'

/**
 * The address of `path` in the store at `host`, a host from the table of store domains and never from a request. Names below
 * `localhost` are served by this machine itself, without TLS, at PORT; all others stand behind https.
 */
export function storeAddress(host: string, path = '/'): string {
  const isLocal = host === 'localhost' || host.endsWith('.localhost')
  const origin = isLocal ? `http://${host}:${environment().PORT}` : `https://${host}`
  return new URL(path, origin).href
}
