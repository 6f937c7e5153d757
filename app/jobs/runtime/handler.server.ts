import { Agent, createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type FunctionConfig, readFunctions } from './function-config.ts'
import { type Answer, type CallRequest, callBody, type Outcome, readAnswer } from './protocol.ts'
import { signatureOf } from './signing.ts'

export const handlerPath = '/api/inngest'

export type HttpHandler = (request: IncomingMessage, response: ServerResponse) => unknown

/** The functions of this process behind HTTP on loopback: a killed worker takes its running steps with it. */
export type LoopbackServer = { readonly origin: string; close(): Promise<void> }

/** Listens on a free port of 127.0.0.1. `routes` are tried by path prefix. */
export async function listenOnLoopback(routes: Readonly<Record<string, HttpHandler>>): Promise<LoopbackServer> {
  const server = createServer((incoming, response) => {
    const route = Object.entries(routes).find(([prefix]) => incoming.url?.startsWith(prefix))
    if (route) return route[1](incoming, response)
    response.writeHead(404).end()
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => closeServer(server) }
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}

/** The executor's side of the protocol: registers the functions, calls a function or one of its steps. */
export class HandlerClient {
  readonly #origin: string
  readonly #signingKey: string
  // No time limit on a call: a step takes as long as it takes, and its lease is what says that its worker lives.
  readonly #agent = new Agent({ keepAlive: true })

  constructor(origin: string, signingKey: string) {
    this.#origin = origin
    this.#signingKey = signingKey
  }

  /** Asks the handler for its functions, as an Inngest server does for an in-band sync. */
  async register(): Promise<ReadonlyMap<string, FunctionConfig>> {
    const body = { url: `${this.#origin}${handlerPath}` }
    const answer = await this.#send('PUT', handlerPath, body, { 'x-inngest-sync-kind': 'in_band' })
    if (answer.status !== 200) throw new Error(`The handler refused the registration: ${answer.status} ${answer.body}`)
    return readFunctions((JSON.parse(answer.body) as { functions: unknown }).functions)
  }

  /** Calls a function; `stepId` names the one step to run, or `step` to go on until one is found. */
  async call(config: FunctionConfig, stepId: string, call: CallRequest, now: () => Date): Promise<Outcome> {
    const url = new URL(config.path, this.#origin)
    url.searchParams.set('stepId', stepId)
    return readAnswer(await this.#send('POST', `${url.pathname}${url.search}`, callBody(call), {}), now())
  }

  close(): void {
    this.#agent.destroy()
  }

  #send(method: string, path: string, body: unknown, headers: Record<string, string>): Promise<Answer> {
    const text = JSON.stringify(body)
    const signed = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(text),
      'x-inngest-signature': signatureOf(JSON.parse(text), this.#signingKey, new Date()),
      ...headers,
    }
    return new Promise((resolve, reject) => {
      const sent = request(new URL(path, this.#origin), { method, headers: signed, agent: this.#agent }, (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('error', reject)
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks).toString('utf8') }),
        )
      })
      sent.on('error', reject)
      sent.end(text)
    })
  }
}
