import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { z } from 'zod'
import { inTransaction, type Pool } from './connection.server.ts'
import { storeEvents } from './runs.server.ts'
import { isSameKey } from './signing.ts'

export const eventPath = '/e/'

const SentEvent = z.object({
  id: z.string().min(1).optional(),
  name: z.string().min(1),
  data: z.record(z.string(), z.unknown()).default({}),
  ts: z.number().optional(),
})

const SentEvents = z.union([SentEvent.transform((event) => [event]), z.array(SentEvent)])

type Endpoint = { readonly pool: Pool; readonly eventKey: string; readonly now: () => Date }

/** Inngest's event API, where `step.sendEvent` posts to. An event sent twice under one id is stored once. */
export function eventEndpoint(endpoint: Endpoint) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { status, body } = await receive(endpoint, request).catch((error: Error) => ({ status: 500, body: { error: error.message } }))
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ status, ...body }))
  }
}

async function receive({ pool, eventKey, now }: Endpoint, request: IncomingMessage) {
  if (request.method !== 'POST') return { status: 405, body: { error: 'method not allowed' } }
  if (!isSameKey(request.url?.slice(eventPath.length) ?? '', eventKey)) return { status: 401, body: { error: 'unknown event key' } }
  const sent = SentEvents.safeParse(parse(await readBody(request)))
  if (!sent.success) return { status: 400, body: { error: z.prettifyError(sent.error) } }

  const at = now()
  const events = sent.data.map(({ id, name, data, ts }) => ({ id: id ?? randomUUID(), name, data, ts: ts ?? at.getTime() }))
  await inTransaction(pool, (db) => storeEvents({ db, now: at }, events))
  return { status: 200, body: { ids: events.map(({ id }) => id) } }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
