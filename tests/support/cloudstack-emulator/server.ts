import { appendFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answer, type Served } from './answer.ts'
import { type Fault, faultCounter } from './faults.ts'
import { monthUsage } from './month-usage.ts'
import type { UsageEntry } from './usage-entry.ts'
import { type Parameter, parameterOf, parseForm } from './verify-signature.ts'
import { type ApiAccount, apiAccounts } from './world.ts'

export type EmulatorOptions = {
  /** 0, the default, takes a free port. */
  readonly port?: number
  readonly accounts?: readonly ApiAccount[]
  /** The month served, e.g. `2026-10`. */
  readonly month: string
  readonly seed: number
  /** Length of an aggregation window; 24 by default, 1 for a cloud that meters by the hour. */
  readonly windowHours?: number
  readonly faults?: readonly Fault[]
  /** What the cloud's clock says when it checks that a request has not expired; the real time by default. */
  readonly clock?: () => Date
  /** Which records the usage server has written so far; those of the whole month and the late ones by default. */
  readonly asOf?: () => Date
  readonly serverOffsetMinutes?: number
  /** Where the log is appended too, one JSON object a line, before each answer is sent. */
  readonly logFile?: string
}

/** One answer as it was about to be sent. */
export type LogLine = {
  readonly at: string
  readonly command: string
  readonly status: number
  readonly page?: number
  readonly fault?: Fault['kind']
  /** Ids of the records served, in order. */
  readonly served: readonly number[]
}

export type CloudStackEmulator = {
  readonly port: number
  /** The address of the API, `http://127.0.0.1:<port>/client/api`. */
  readonly endpoint: string
  readonly log: readonly LogLine[]
  /** Every record of the month, the anomalies included, whatever was asked so far. */
  readonly entries: readonly UsageEntry[]
  stop(): Promise<void>
}

/** Starts a CloudStack that knows one month of usage and one command, listUsageRecords, and checks every signature. */
export async function startCloudStackEmulator(options: EmulatorOptions): Promise<CloudStackEmulator> {
  const entries = monthUsage({ month: options.month, seed: options.seed, windowHours: options.windowHours ?? 24 })
  const log: LogLine[] = []
  const nextFault = faultCounter(options.faults ?? [])
  const note = (line: LogLine) => {
    log.push(line)
    if (options.logFile) appendFileSync(options.logFile, `${JSON.stringify(line)}\n`)
  }

  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy())
  })
  async function handle(request: IncomingMessage, response: ServerResponse) {
    const parameters = await readParameters(request)
    const now = options.clock?.() ?? new Date()
    const served = answer({
      parameters,
      now: now.getTime(),
      accounts: options.accounts ?? [apiAccounts.root],
      cloud: {
        entries,
        asOf: options.asOf?.().getTime() ?? Number.POSITIVE_INFINITY,
        serverOffsetMinutes: options.serverOffsetMinutes ?? 0,
      },
      nextFault,
    })
    const { listing, fault, status } = served
    note({
      at: now.toISOString(),
      command: parameterOf(parameters, 'command') ?? '',
      status,
      ...(listing && { page: listing.page }),
      ...(fault && { fault: fault.kind }),
      served: listing?.entries.map(({ id }) => id) ?? [],
    })
    send(response, served)
  }

  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(options.port ?? 0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    port,
    endpoint: `http://127.0.0.1:${port}/client/api`,
    log,
    entries,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function readParameters(request: IncomingMessage): Promise<Parameter[]> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const query = (request.url ?? '').split('?')[1] ?? ''
  return [...parseForm(query), ...parseForm(Buffer.concat(chunks).toString('utf8'))]
}

function send(response: ServerResponse, { status, body, fault }: Served): void {
  if (fault?.kind === 'silent') return
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    ...(fault?.kind === 'status' && fault.retryAfterSeconds !== undefined && { 'retry-after': String(fault.retryAfterSeconds) }),
  })
  if (fault?.kind === 'slow') setTimeout(() => response.end(body), fault.delayMs)
  else if (fault?.kind === 'cut') response.write(body.slice(0, 200), () => response.destroy())
  else if (fault?.kind === 'huge') response.end(`${body}${' '.repeat(64 * 1024 * 1024)}`)
  else response.end(body)
}
