import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { provideEnvironment } from '#app/config/env.server.ts'
import { closeDatabase } from '#app/db/client.server.ts'
import { inTenant } from '#app/db/context.server.ts'
import { startEmbeddedPostgres } from '#app/db/embedded-postgres.server.ts'
import { prepareDatabase } from '#app/db/prepare-database.server.ts'
import { tenantIdOf } from '#app/db/sellers/tenants.server.ts'
import { closeAdapters } from '#app/wiring.server.ts'
import { seedCatalogs } from '#prisma/seed/catalogs.ts'
import { seedGateways } from '#prisma/seed/gateways.ts'
import { seedSellers } from '#prisma/seed/sellers.ts'
import { cloudOfStories, meterOfStories } from './clouds.ts'

// What every story begins with, as it was on 1 December 2025: a database that each copies. It ends when its parent says so or is gone.
const began = '2025-12-01T00:00:00Z'
const stops: (() => Promise<unknown>)[] = []
process.once('disconnect', () => void end())
process.once('SIGTERM', () => void end())

const folder = await mkdtemp(join(tmpdir(), 'livery-stories-'))
stops.push(() => rm(folder, { recursive: true, force: true }))
provideEnvironment({ LIVERY_DATA_DIR: folder, NODE_ENV: 'test', MAIL_TRANSPORT: 'outbox', LOG_LEVEL: 'warn', LIVERY_CLOCK: began })
const server = await startEmbeddedPostgres({ ephemeral: true })
stops.push(server.stop)
provideEnvironment({ DATABASE_URL: server.url, APP_SECRET: server.secret })
await prepareDatabase()
const sellers = await seedSellers(new Date(began))
await seedCatalogs(sellers)
await seedGateways(sellers)
await connectClouds()
await closeAdapters()
await closeDatabase()
process.send?.({ url: server.url, secret: server.secret, folder })

/** One cloud builds the servers of the stories; how much they send is told by the story, as by files of another. */
async function connectClouds(): Promise<void> {
  const tenantId = tenantIdOf('meridian')
  const common = { tenantId, billedServerMeter: 'running', createdAt: new Date(began) }
  const data = [
    { ...common, id: cloudOfStories, name: 'Frankfurt', adapter: 'simulator', endpoint: 'simulator:' },
    { ...common, id: meterOfStories, name: 'Files', adapter: 'file', endpoint: 'file:' },
  ]
  await inTenant(tenantId, ({ db }) => db.cloudConnection.createMany({ data }))
}

async function end(): Promise<void> {
  for (const stop of stops.reverse()) await stop()
  process.exit()
}
