import { closeDatabase } from '#app/db/client.server.ts'
import { inTenant } from '#app/db/context.server.ts'
import { listTenants } from '#app/db/sellers/tenants.server.ts'
import { openDueRun } from '#app/services/billing/open-due-runs.server.ts'
import { openScheduledExports } from '#app/services/exports/run-schedules.server.ts'

// What an hourly job does for one seller, by the clock of the environment.
const [, , slug, job] = process.argv
const seller = (await listTenants()).find((tenant) => tenant.slug === slug)
if (!seller) throw new Error(`no seller is called ${slug}`)
const { tenantId } = seller
const isOpened =
  job === 'exports' ? (await inTenant(tenantId, (ctx) => openScheduledExports(ctx, null))).opened > 0 : await openDueRun(tenantId)
process.stdout.write(isOpened ? 'opened' : 'nothing is due')
await closeDatabase()
