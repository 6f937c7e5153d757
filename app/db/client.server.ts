import { PrismaPg } from '@prisma/adapter-pg'
import { databaseUrls } from '#app/config/env.server.ts'
import { PrismaClient } from './generated/client.ts'
import { statementName } from './kept-statements.server.ts'

const clients = new Map<string, PrismaClient>()

function clientFor(url: string, connections: number): PrismaClient {
  const known = clients.get(url)
  if (known) return known
  const client = new PrismaClient({
    adapter: new PrismaPg(
      { connectionString: url, max: connections, application_name: 'livery' },
      { statementNameGenerator: ({ sql }) => statementName(sql) as string },
    ),
    transactionOptions: { maxWait: 30_000, timeout: 300_000 },
  })
  clients.set(url, client)
  return client
}

/** The runtime role's client. Private to app/db: everyone else gets a handle from inTenant and its kin. */
export function appClient(): PrismaClient {
  return clientFor(databaseUrls().app, 10)
}

/** The client of the few cross-tenant reads. Private to app/db. */
export function systemClient(): PrismaClient {
  return clientFor(databaseUrls().system, 2)
}

/** Closes every connection of this process, so that it can end. */
export async function closeDatabase(): Promise<void> {
  const open = [...clients.values()]
  clients.clear()
  await Promise.all(open.map((client) => client.$disconnect()))
}
