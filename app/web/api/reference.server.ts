import type { Endpoint } from './endpoint.ts'
import { type EndpointName, endpoints } from './endpoints.ts'

/** An endpoint as people read of it. */
export type ShownEndpoint = {
  readonly name: EndpointName
  readonly method: string
  readonly path: string
  readonly permission: string | null
  /** Of the query and the body. */
  readonly parameters: readonly string[]
}

/** What the API can be asked for, from the same definitions that answer. */
export function shownEndpoints(): ShownEndpoint[] {
  return (Object.entries(endpoints) as [EndpointName, Endpoint][]).map(([name, { method, path, permission, query, body }]) => ({
    name,
    permission,
    method: method.toUpperCase(),
    path: `/api/v1${path}`,
    parameters: [...Object.keys(query.shape), ...Object.keys(body?.shape ?? {})],
  }))
}
