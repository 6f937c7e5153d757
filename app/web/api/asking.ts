import type { z } from 'zod'
import type { DeedKind } from '#app/domain/cloud/deeds.ts'
import { type Endpoint, nothing, reading } from './endpoint.ts'
import { Operation } from './schemas.ts'

/** An endpoint that reads things of a kind. */
export function readable<const Kind extends Endpoint['about']>(about: Kind) {
  return { ...reading, about, permission: 'server:read' } as const
}

/** An endpoint that asks the cloud for a deed, which takes its time. */
export function asking<const Method extends Endpoint['method'], Body extends z.ZodObject | null>(
  method: Method,
  deed: DeedKind,
  { path, summary, body }: { readonly path: string; readonly summary: string; readonly body: Body },
) {
  return { method, deed, path, summary, body, permission: 'server:write', query: nothing, answer: Operation, status: 202 } as const
}

/** It adds to what the account pays. */
export const costing = { costs: true } as const
