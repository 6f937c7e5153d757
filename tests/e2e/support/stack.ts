import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { provideEnvironment } from '#app/config/env.server.ts'
import { closeDatabase } from '#app/db/client.server.ts'
import { startEmbeddedPostgres } from '#app/db/embedded-postgres.server.ts'
import { prepareDatabase } from '#app/db/prepare-database.server.ts'
import { startJobs } from '#app/jobs/start.server.ts'
import { closeAdapters } from '#app/wiring.server.ts'
import { seedDemo } from '#prisma/seed/seed-demo.ts'
import { monthBefore, runMainJob } from '#scripts/demo/main-job.ts'
import { startCloudStackEmulator } from '#tests/support/cloudstack-emulator/server.ts'
import type { StackReport } from './stack-report.ts'

/**
 * The whole product for the browser tests, started by their global setup: a throw-away PostgreSQL, the emulated cloud, the seed with
 * last month billed, then web server and worker as processes of their own. It ends when its parent says so or is gone, and takes
 * everything with it.
 */
const stops: (() => Promise<unknown>)[] = []
const failures: string[] = []
const patienceMs = 15_000
let isStopping = false

process.once('disconnect', stop)
process.once('SIGTERM', stop)
process.once('SIGINT', stop)
start().catch((error: Error) => {
  report({ kind: 'failed', reason: error.stack ?? error.message })
  void stop()
})

async function start(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'livery-e2e-'))
  stops.push(() => rm(folder, { recursive: true, force: true }))
  const [port, dnsPort] = [await freePort(), await freePort()]
  // The inbox at /dev/mail is closed in production except for the demo, which this is.
  process.env.LIVERY_DEMO = '1'
  provideEnvironment({ LIVERY_DATA_DIR: folder, PORT: String(port), NODE_ENV: 'production', MAIL_TRANSPORT: 'outbox', LOG_LEVEL: 'warn' })
  // Journeys are directories themselves, on this machine.
  provideEnvironment({ DIRECTORY_NETWORKS: 'private' })
  // A journey answers there as the name server of sellers' domains; until then nobody does.
  provideEnvironment({ DNS_SERVERS: `127.0.0.1:${dnsPort}` })

  const server = await startEmbeddedPostgres({ ephemeral: true })
  stops.push(server.stop)
  provideEnvironment({ DATABASE_URL: server.url, APP_SECRET: server.secret })
  await prepareDatabase()
  const month = monthBefore(new Date())
  const cloud = await startCloudStackEmulator({ month: month.name, seed: 1 })
  stops.push(cloud.stop)

  await billLastMonth(month, cloud.endpoint)
  startProcess('worker', 'scripts/worker.ts')
  startProcess('web', 'scripts/web.ts')
  await untilReady(port)
  report({ kind: 'ready', port, dnsPort, month: month.name, folder, database: { url: server.url, secret: server.secret } })
}

async function billLastMonth(month: ReturnType<typeof monthBefore>, cloudEndpoint: string): Promise<void> {
  const sellers = await seedDemo({ monthStart: month.start, cloudEndpoint })
  const worker = await startJobs()
  try {
    await runMainJob({ worker, sellers, month, note: () => undefined })
  } finally {
    await worker.stop()
    await closeAdapters()
    await closeDatabase()
  }
}

/** A process of the product. What it logs as an error, and an early end, are failures of the run. */
function startProcess(name: string, script: string): void {
  const child = spawn(process.execPath, ['--import', 'tsx', script], { stdio: ['ignore', 'pipe', 'pipe'] })
  const note = (chunk: Buffer) =>
    failures.push(
      ...chunk
        .toString()
        .split('\n')
        .filter(isError)
        .map((line) => `${name}: ${line}`),
    )
  child.stdout.on('data', note)
  child.stderr.on('data', note)
  child.once('exit', (code) => {
    if (!isStopping) failures.push(`${name}: ended with code ${code}`)
  })
  stops.push(() => end(child))
}

/** Error lines of the log, and whatever is no log line at all; the server's greeting is neither. */
function isError(line: string): boolean {
  if (line.trim() === '' || line.startsWith('web: listening')) return false
  return !/^\{"level":[1-4]0,/.test(line)
}

function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    const force = setTimeout(() => child.kill('SIGKILL'), patienceMs)
    child.once('exit', () => {
      clearTimeout(force)
      resolve()
    })
    child.kill('SIGTERM')
  })
}

async function untilReady(port: number): Promise<void> {
  for (const deadline = Date.now() + 60_000; Date.now() < deadline; ) {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined)
    if (answer?.ok) return
    if (failures.length > 0) break
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`the web server did not become ready\n${failures.join('\n')}`)
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })
}

/** Undoes what was started, last first. */
async function stop(): Promise<void> {
  if (isStopping) return
  isStopping = true
  for (const undo of stops.reverse()) await undo().catch((error: Error) => failures.push(error.message))
  report({ kind: 'stopped', failures })
  if (process.connected) process.disconnect()
  process.exitCode = 0
}

function report(message: StackReport): void {
  if (process.connected) process.send?.(message)
}
