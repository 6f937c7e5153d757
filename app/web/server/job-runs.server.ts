import { noteJobDeed } from '#app/services/jobs/note-job-deed.server.ts'
import { countFailedJobs, inTenant, type JobRunFilter, type JobRunList, listJobRuns, retryJobRun, suspendJobs } from '#app/wiring.server.ts'
import type { Staff } from '../request/as-staff.server.ts'

export type { JobRunList }

/** Background work as staff may see it: the provider runs the installation and sees all, a reseller its own. */
export function jobRunsFor(staff: Staff, filter: JobRunFilter): Promise<JobRunList> {
  return listJobRuns(scopeOf(staff), filter)
}

/** How many failed runs wait for somebody; none for people who may not see them. */
export async function failedJobsFor(staff: Staff): Promise<number> {
  return staff.can('job:read') ? countFailedJobs(scopeOf(staff)) : 0
}

/** Runs a failed run again and notes who wanted it; false when there is no such failed run in reach. */
export async function retryJobAs(staff: Staff, runId: string): Promise<boolean> {
  if (!(await retryJobRun(scopeOf(staff), runId))) return false
  await inTenant(staff.tenant.tenantId, (ctx) => noteJobDeed(ctx, { deed: 'retried', runId }), { actor: staff.actor })
  return true
}

/** Suspends all batch work, or lets it go on, and notes who wanted it. Only for staff of the provider. */
export async function suspendJobsAs(staff: Staff, isSuspended: boolean): Promise<void> {
  await suspendJobs(isSuspended)
  await inTenant(staff.tenant.tenantId, (ctx) => noteJobDeed(ctx, { deed: isSuspended ? 'suspended' : 'resumed' }), { actor: staff.actor })
}

function scopeOf({ tenant }: Staff): string | null {
  return tenant.kind === 'provider' ? null : tenant.tenantId
}
