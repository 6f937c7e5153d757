import { closeDatabase } from '#app/db/client.server.ts'
import { listTenants } from '#app/db/tenants.server.ts'
import { openDueRun } from '#app/services/billing/open-due-runs.server.ts'

// What the hourly job does for one seller, by the clock of the environment.
const seller = (await listTenants()).find(({ slug }) => slug === process.argv[2])
if (!seller) throw new Error(`no seller is called ${process.argv[2]}`)
process.stdout.write((await openDueRun(seller.tenantId)) ? 'opened' : 'nothing is due')
await closeDatabase()
