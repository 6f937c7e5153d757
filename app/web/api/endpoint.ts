import { z } from 'zod'
import type { CloudCapability } from '#app/domain/cloud/capabilities.ts'
import type { DeedKind } from '#app/domain/cloud/deeds.ts'
import type { ThingKind } from '#app/domain/cloud/resource-specs.ts'
import type { CustomerPermission } from '#app/domain/tenancy/permissions.ts'

/** One thing the API can be asked for: what it takes, what it gives, and the permission a key needs. */
export type Endpoint = {
  readonly method: 'get' | 'post' | 'put' | 'delete'
  /** Below `/api/v1`, with `{names}` for what stands in the address. */
  readonly path: string
  readonly summary: string
  /** Any key that works without. */
  readonly permission: CustomerPermission | null
  readonly query: z.ZodObject
  readonly body: z.ZodObject | null
  /** What a good answer holds; null for a file. */
  readonly answer: z.ZodType | null
  /** Of a file. */
  readonly mediaType?: string
  readonly status: 200 | 202
  /** Something is paid for from then on: it is asked for with an Idempotency-Key, so that nothing is paid twice. */
  readonly costs?: true
  /** What it reads of what the account has in the cloud. */
  readonly about?: ThingKind | 'server'
  /** What it asks the cloud for. */
  readonly deed?: DeedKind
  /** What the cloud has to offer for it, where not every cloud that has such things does. */
  readonly capability?: CloudCapability
  /** Its answer has a `secret` that is told once: a repeat of the request is answered without. */
  readonly tellsSecret?: true
  /** A whole that several writers may replace: read with an ETag, replaced with If-Match. */
  readonly isVersioned?: true
}

export const nothing = z.strictObject({})
export const reading = { method: 'get', body: null, status: 200 } as const
