import type { TenantContext } from '#app/db/context.server.ts'
import { readChangeOperation, readThingOperation } from './operations.server.ts'
import { operationView } from './views.ts'

/** What was asked for on a resource last, as the API writes it. */
export async function showThingOperation(ctx: TenantContext, resourceId: string) {
  const operation = await readThingOperation(ctx, resourceId)
  return operation && operationView(operation)
}

/** A change of a subscription, as the API writes it. */
export async function showChangeOperation(ctx: TenantContext, changeId: string) {
  const operation = await readChangeOperation(ctx, changeId)
  return operation && operationView(operation)
}
