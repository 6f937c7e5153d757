import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'

export type JobDeed = { readonly deed: 'retried' | 'suspended' | 'resumed'; readonly runId?: string }

/** Leaves a trace of what staff did to background work. */
export async function noteJobDeed(ctx: TenantContext, { deed, runId }: JobDeed): Promise<void> {
  await audit(ctx, { action: `job.${deed}`, subjectKind: runId ? 'job-run' : 'jobs', subjectId: runId ?? ctx.tenantId })
}
