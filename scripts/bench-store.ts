import { type ChildProcess, fork } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { get } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { databaseUrls, provideEnvironment } from '#app/config/env.server.ts'
import { runMain } from '#app/config/run-main.server.ts'
import { closeDatabase } from '#app/db/client.server.ts'
import { startEmbeddedPostgres } from '#app/db/embedded-postgres.server.ts'
import { prepareDatabase } from '#app/db/prepare-database.server.ts'
import { startJobs } from '#app/jobs/start.server.ts'
import { closeAdapters } from '#app/wiring.server.ts'
import { demoPassword } from '#prisma/seed/people.ts'
import { seedDemo } from '#prisma/seed/seed-demo.ts'
import { measureVisit, signedIn } from '#tests/bench/store/browser-facts.ts'
import { load } from '#tests/bench/store/load.ts'
import { months, plans, plantStore, servers } from '#tests/bench/store/plant-store.ts'
import { startCloudStackEmulator } from '#tests/support/cloudstack-emulator/server.ts'
import { runScript } from './checks/run-command.ts'
import { monthBefore, runMainJob } from './demo/main-job.ts'

const slug = 'ahorn'
const customer = 'maria@linde.example'
const remix = 'node_modules/@remix-run/dev/dist/cli.js'

/**
 * Requests a second of the store home and of a customer's dashboard in the production build, each beside a bare page of the same size in
 * the same server, with 50 connections; the weight of the home's scripts and its largest paint in a slowed browser; the memory of the web
 * process before and after `--requests`. Prints the steps to stderr and one JSON line to stdout; see docs/how-to/benchmarks.md.
 */
runMain(async () => {
  const { values } = parseArgs({ options: { requests: { type: 'string', default: '100000' }, seconds: { type: 'string', default: '8' } } })
  const folder = await mkdtemp(join(tmpdir(), 'livery-bench-store-'))
  await build(['vite:build'])
  await build(['vite:build', '--config', 'tests/bench/store/bare/vite.config.ts'])

  process.env.LIVERY_DEMO = '1'
  provideEnvironment({ LIVERY_DATA_DIR: folder, NODE_ENV: 'production', MAIL_TRANSPORT: 'outbox', LOG_LEVEL: 'warn' })
  const server = await startEmbeddedPostgres({ ephemeral: true })
  try {
    provideEnvironment({ DATABASE_URL: server.url, APP_SECRET: server.secret })
    await seedStore()
    const web = fork('tests/bench/store/serve.ts', { execArgv: ['--import', 'tsx'] })
    try {
      process.stdout.write(
        `${JSON.stringify(await measure(web, { seconds: Number(values.seconds), requests: Number(values.requests) }))}\n`,
      )
    } finally {
      web.disconnect()
    }
  } finally {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
})

async function build(args: readonly string[]): Promise<void> {
  const { code, output } = await runScript(remix, args)
  if (code !== 0) throw new Error(output)
}

/** The demo with its month billed, one store of it grown. */
async function seedStore(): Promise<void> {
  await prepareDatabase()
  const month = monthBefore(new Date())
  const cloud = await startCloudStackEmulator({ month: month.name, seed: 1 })
  const sellers = await seedDemo({ monthStart: month.start, cloudEndpoint: cloud.endpoint })
  const worker = await startJobs()
  try {
    await runMainJob({ worker, sellers, month, note })
  } finally {
    await worker.stop()
    await cloud.stop()
    await closeAdapters()
    await closeDatabase()
  }
  const seller = sellers.get(slug)
  if (!seller) throw new Error(`${slug} is not seeded`)
  const admin = new pg.Client({ connectionString: databaseUrls().admin })
  await admin.connect()
  await plantStore(admin, { tenantId: seller.tenantId, email: customer }).finally(() => admin.end())
  note(`${slug} with ${plans} plans, a customer with ${servers} servers and ${months} invoices`)
}

async function measure(web: ChildProcess, { seconds, requests }: { readonly seconds: number; readonly requests: number }) {
  const { port } = await answerOf(web)
  const machine = `http://127.0.0.1:${port}`
  const origin = `http://${slug}.localhost:${port}`
  const cookie = await signedIn(origin, customer, demoPassword)
  const home = await ratioOf({ machine, path: '/', headers: { host: `${slug}.localhost:${port}` }, seconds })
  const dashboard = await ratioOf({ machine, path: '/panel', headers: { host: `${slug}.localhost:${port}`, cookie }, seconds })
  // A store that has been asked before, as it is for all visitors but the first after a start.
  const visit = await measureVisit(`${origin}/`)
  web.send('memory')
  const before = (await answerOf(web)).rssMb
  await load({ url: `${machine}/`, headers: { host: `${slug}.localhost:${port}` }, requests })
  web.send('memory')
  const after = (await answerOf(web)).rssMb
  note(`memory of the web process: ${before} MB, after ${requests} more requests ${after} MB`)
  return { home, dashboard, ...visit, rssMb: { before, after } }
}

type Asked = {
  readonly machine: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly seconds: number
}

/** A page beside a bare one of as many bytes, in turns: what slows the machine down slows both. */
async function ratioOf({ machine, path, headers, seconds }: Asked) {
  const bytes = await sizeOf(`${machine}${path}`, headers)
  const bare = { url: `${machine}/bare?bytes=${bytes}`, seconds }
  const page = { url: `${machine}${path}`, headers, seconds }
  await load({ ...bare, seconds: 2 })
  await load({ ...page, seconds: 2 })
  const runs = [await load(bare), await load(page), await load(page), await load(bare)] as const
  const perSecond = (runs[1].requestsPerSecond + runs[2].requestsPerSecond) / 2
  const barePerSecond = (runs[0].requestsPerSecond + runs[3].requestsPerSecond) / 2
  note(`${path}: ${bytes} bytes, ${Math.round(perSecond)} requests/s; bare page ${Math.round(barePerSecond)} requests/s`)
  return { ratio: Number((perSecond / barePerSecond).toFixed(3)), p95Ms: Math.max(runs[1].p95Ms, runs[2].p95Ms) }
}

/** Bytes of the page as it leaves without compression, as the load asks for it. */
function sizeOf(url: string, headers: Readonly<Record<string, string>>): Promise<number> {
  return new Promise((resolve, reject) => {
    get(url, { headers }, (answer) => {
      let bytes = 0
      answer.on('data', (chunk: Buffer) => {
        bytes += chunk.length
      })
      answer.on('end', () => (answer.statusCode === 200 ? resolve(bytes) : reject(new Error(`${url}: ${answer.statusCode}`))))
    }).on('error', reject)
  })
}

/** What the web process says next: its port once it listens, its memory when asked. */
function answerOf(web: ChildProcess): Promise<{ readonly port: number; readonly rssMb: number }> {
  return new Promise((resolve, reject) => {
    web.once('message', (message) => resolve(message as { port: number; rssMb: number }))
    web.once('exit', (code) => reject(new Error(`the web process ended with code ${code}`)))
  })
}

function note(text: string): void {
  process.stderr.write(`${text}\n`)
}
