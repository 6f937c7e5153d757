import pg from 'pg'
import { databaseUrls, provideEnvironment } from '#app/config/env.server.ts'
import { runMain } from '#app/config/run-main.server.ts'
import { closeDatabase } from '#app/db/client.server.ts'
import { demoPassword } from '#prisma/seed/people.ts'
import { mailsOf } from '#tests/e2e/support/white-label.ts'
import startProduct from '#tests/support/browser-global-setup.ts'
import { apiPlaces, type Reader, readerCalled } from '#tests/white-label/api.ts'
import { crawl, type Place } from '#tests/white-label/crawl.ts'
import { leaksIn, readUpstream } from '#tests/white-label/upstream.ts'
import { Visitor } from '#tests/white-label/visitor.ts'
import { buildPart } from './checks/parts.ts'
import { runParts } from './checks/run-parts.ts'

/** A customer of each reseller of the demo, and the address its mails come from. */
const resellers = {
  ahorn: { customer: 'maria@linde.example', sender: 'buchhaltung@ahorn.example' },
  lakeside: { customer: 'urs@praxis-keller.example', sender: 'billing@lakeside.example' },
  nakhla: { customer: 'omar@oasis.example', sender: 'billing@nakhla.example' },
}
type Slug = keyof typeof resellers

/**
 * Reads what a stranger and a customer can get of each reseller: pages and their data, documents with what is inside them, files, headers,
 * refusals, answers of the API and mails; and looks for the names of everybody upstream and the prices the reseller buys at. Lists what it finds and ends
 * with `N places, 0 leaks`; exit code 1 where there is one, or nothing could be read.
 */
runMain(async () => {
  if ((await runParts([buildPart])).failed > 0) return 1
  const stop = await startProduct()
  try {
    const { LIVERY_E2E_DATABASE_URL: url = '', LIVERY_E2E_SECRET: secret = '' } = process.env
    provideEnvironment({ DATABASE_URL: url, APP_SECRET: secret })
    let places = 0
    let leaks = 0
    for (const slug of Object.keys(resellers) as Slug[]) {
      const read = await readReseller(slug)
      places += read.places
      leaks += read.leaks
    }
    process.stdout.write(`${places} places, ${leaks} leaks\n`)
    return leaks === 0 && places > 0 ? 0 : 1
  } finally {
    await closeDatabase()
    await stop()
  }
})

async function readReseller(slug: Slug): Promise<{ readonly places: number; readonly leaks: number }> {
  const admin = new pg.Client({ connectionString: databaseUrls().admin })
  await admin.connect()
  const upstream = await readUpstream(admin, slug)
  const reader = await readerCalled(admin, upstream.tenantId, resellers[slug].customer)
  await admin.end()
  let places = 0
  let leaks = 0
  for await (const { name, text } of placesOf(slug, reader)) {
    places += 1
    for (const leak of leaksIn(text, upstream)) {
      leaks += 1
      process.stdout.write(`${slug} ${name}: ${leak}\n`)
    }
  }
  process.stdout.write(`${slug}: ${places} places read for ${upstream.names.join(', ')} and ${upstream.prices.length} prices\n`)
  return { places, leaks }
}

async function* placesOf(slug: Slug, reader: Reader): AsyncGenerator<Place> {
  const { customer, sender } = resellers[slug]
  yield* crawl(new Visitor(slug), ['/'])
  const buyer = new Visitor(slug)
  await buyer.signIn(customer, demoPassword)
  yield* crawl(buyer, ['/panel', '/'])
  yield* apiPlaces(new Visitor(slug), reader)
  const mails = await mailsOf(sender)
  if (mails.length === 0) throw new Error(`${slug} sent no mail from ${sender}`)
  for (const { subject, text } of mails) yield { name: `mail "${subject}"`, text }
}
