import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { matchRoutes } from '@remix-run/react'

type Handler = (args: never) => Promise<Response>
type RouteModule = { readonly loader?: Handler; readonly action?: Handler }

const folder = join(import.meta.dirname, '../../app/routes')

/** The files that answer below `/api/v1`, each with its path as Remix reads it out of the name. */
const routes = readdirSync(folder)
  .filter((file) => file.startsWith('api.v1.'))
  .map((file) => {
    const parts = file.replace(/\.ts$/, '').replaceAll('[.]', ' ').split('.')
    const segments = parts
      .filter((part) => part !== '_index')
      .map((part) => part.replaceAll(' ', '.').replace(/^\$$/, '*').replace(/^\$/, ':'))
    return { id: file, path: `/${segments.join('/')}` }
  })

/** The file that answers at a path, as Remix chooses it, and what the path names. */
export function apiRouteAt(path: string): { readonly file: string; readonly params: Record<string, string | undefined> } {
  const match = matchRoutes(routes, path)?.at(-1)
  if (!match) throw new Error(`apiRouteAt: nothing answers at ${path}`)
  return { file: match.route.id ?? '', params: match.params }
}

/** Every file that answers below `/api/v1`. */
export const apiRouteFiles: readonly string[] = routes.map(({ id }) => id)

export type ApiRequest = {
  readonly host: string
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Below `/api/v1`. */
  readonly path: string
  readonly key?: string
  readonly idempotencyKey?: string
  readonly ifMatch?: string
  readonly body?: unknown
}
export type ApiAnswer = { readonly status: number; readonly headers: Headers; readonly body: Record<string, never> }

/** Asks the API as a program does; the routes are found by their paths. */
export async function callApi({ host, method = 'GET', path, key, idempotencyKey, ifMatch, body }: ApiRequest): Promise<ApiAnswer> {
  const headers = new Headers({ 'Accept-Language': 'de', host })
  if (key) headers.set('Authorization', `Bearer ${key}`)
  if (idempotencyKey) headers.set('Idempotency-Key', idempotencyKey)
  if (ifMatch !== undefined) headers.set('If-Match', ifMatch)
  if (body !== undefined) headers.set('Content-Type', 'application/json')
  const request = new Request(`http://${host}/api/v1${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const { file, params } = apiRouteAt(new URL(request.url).pathname)
  const { loader, action } = (await import(join(folder, file))) as RouteModule
  const handler = method === 'GET' ? loader : action
  if (!handler) throw new Error(`callApi: ${file} has no answer to ${method}`)
  const response = await handler({ request, params, context: {} } as never)
  return { status: response.status, headers: response.headers, body: (await response.json()) as Record<string, never> }
}
