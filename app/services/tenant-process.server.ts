import { inTenant, type TenantContext } from '#app/db/context.server.ts'
import { type Actor, systemActor } from '#app/domain/shared/actor.ts'

/**
 * What a use case gets that calls providers: the ports it names, and transactions only through `inTenant`, so that no
 * call to the outside ever holds one open.
 */
export type TenantProcess<Ports> = {
  readonly tenantId: string
  readonly actor: Actor
  readonly ports: Ports
  inTenant<T>(work: (ctx: TenantContext) => Promise<T>): Promise<T>
}

/** A process of `tenantId` with `ports`, acting as `actor`. */
export function processOf<Ports>(tenantId: string, ports: Ports, actor: Actor = systemActor('livery')): TenantProcess<Ports> {
  return { tenantId, actor, ports, inTenant: (work) => inTenant(tenantId, work, { actor }) }
}
