import type { TenantContext } from '#app/db/context.server.ts'
import type { PowerAction } from '#app/domain/cloud/server-actions.ts'
import { type RequestServerActionError, requestServerAction } from './request-server-action.server.ts'

export type RequestPowerInput = {
  readonly action: PowerAction
  /** In scope or not: what is out of it is not found. */
  readonly serverIds: readonly string[]
  readonly userName: string | null
}
export type RequestedPower = {
  readonly asked: number
  /** Those that were left as they are, and why. */
  readonly refused: readonly { readonly serverId: string; readonly problem: RequestServerActionError }[]
}

/** Asks the same of several servers; what one refuses does not keep the others. Jobs carry it out. */
export async function requestPower(ctx: TenantContext, { action, serverIds, userName }: RequestPowerInput): Promise<RequestedPower> {
  const named = new Set(serverIds)
  const refused: { serverId: string; problem: RequestServerActionError }[] = []
  for (const serverId of named) {
    const asked = await requestServerAction(ctx, { resourceId: serverId, action, userName })
    if (!asked.ok) refused.push({ serverId, problem: asked.error })
  }
  return { asked: named.size - refused.length, refused }
}
