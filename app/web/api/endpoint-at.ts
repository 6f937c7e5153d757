import { type CloudEndpointName, cloudEndpoints } from './cloud-endpoints.ts'
import type { Endpoint } from './endpoint.ts'

/** An endpoint of things in the cloud, and the id in its address as it was written. */
export type CloudEndpointAt = { readonly name: CloudEndpointName; readonly endpoint: Endpoint; readonly publicId: string }

const templates = (Object.entries(cloudEndpoints) as [CloudEndpointName, Endpoint][]).map(([name, endpoint]) => ({
  name,
  endpoint,
  pattern: new RegExp(`^/api/v1${endpoint.path.replace(/\{\w+\}/, '([^/]+)')}/?$`),
}))

/** What is asked for at an address; the path alone where it has other methods, null where nothing is. */
export function cloudEndpointAt({ method, url }: { readonly method: string; readonly url: string }): CloudEndpointAt | string | null {
  const { pathname } = new URL(url)
  const there = templates.filter(({ pattern }) => pattern.test(pathname))
  const asked = there.find(({ endpoint }) => endpoint.method === method.toLowerCase())
  if (!asked) return there[0]?.endpoint.path ?? null
  return { name: asked.name, endpoint: asked.endpoint, publicId: asked.pattern.exec(pathname)?.[1] ?? '' }
}
