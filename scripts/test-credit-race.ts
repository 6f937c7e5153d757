import { parseArgs } from 'node:util'
import { appSecret, databaseUrls, provideEnvironment } from '#app/config/env.server.ts'
import { runMain } from '#app/config/run-main.server.ts'
import { closeDatabase } from '#app/db/client.server.ts'
import { startEmbeddedPostgres } from '#app/db/embedded-postgres.server.ts'
import { migrate } from '#app/db/migrate/migrate.server.ts'
import { ensureRoles } from '#app/db/roles.server.ts'
import { buildRacedLevels, raceForCredit } from '#tests/faults/credit-race/race.ts'

/**
 * 200 spenders at once on a limit of 1,000, again and again, then over three levels with a limit at each: what was taken beyond a limit,
 * and what was left of one though somebody asked for it. `npm run test:credit-race -- --rounds 100 --spenders 200`.
 */
async function raceAll(): Promise<number> {
  const { values } = parseArgs({ options: { rounds: { type: 'string', default: '100' }, spenders: { type: 'string', default: '200' } } })
  const [rounds, spenders] = [Number(values.rounds), Number(values.spenders)]
  const server = await startEmbeddedPostgres({ ephemeral: true })
  try {
    provideEnvironment({ DATABASE_URL: server.url, APP_SECRET: server.secret })
    await ensureRoles({ adminUrl: databaseUrls().admin, secret: appSecret() })
    await migrate(databaseUrls().owner)
    const broken = (await raceOver(1, rounds, spenders)) + (await raceOver(3, rounds, spenders))
    return broken === 0 ? 0 : 1
  } finally {
    await closeDatabase()
    await server.stop()
  }
}

/** Races over so many levels; returns how many rounds went wrong. */
async function raceOver(levelCount: number, rounds: number, spenders: number): Promise<number> {
  const levels = await buildRacedLevels(levelCount)
  const total = { overspent: 0n, unspent: 0n, forgotten: 0, broken: 0 }
  for (let round = 1; round <= rounds; round += 1) {
    const { overspent, unspent, forgotten } = await raceForCredit(levels, spenders)
    total.overspent += overspent
    total.unspent += unspent
    total.forgotten += forgotten
    if (overspent + unspent + BigInt(forgotten) > 0n) total.broken += 1
  }
  const place = levelCount === 1 ? '1 level' : `${levelCount} levels`
  process.stdout.write(`${place}, ${spenders} spenders, ${total.forgotten} reservations forgotten\n`)
  process.stdout.write(`${rounds} rounds, ${total.overspent} overspent, ${total.unspent} unspent\n`)
  return total.broken
}

runMain(raceAll)
