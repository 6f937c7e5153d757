import { audit } from '#app/db/audit.server.ts'
import { inAuth } from '#app/db/context.server.ts'

/** Leaves a trace of what a person did to the own sign-in. */
export function note(tenantId: string, action: string, userId: string): Promise<void> {
  return inAuth(tenantId, (ctx) => audit(ctx, { action, subjectKind: 'user', subjectId: userId }), { actor: { kind: 'user', userId } })
}
