import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { z } from 'zod'

const Email = z.object({
  from: z.string().min(3),
  to: z.array(z.string().min(3)).min(1),
  reply_to: z.string().optional(),
  subject: z.string().min(1),
  html: z.string(),
  text: z.string(),
  headers: z.record(z.string(), z.string()),
  attachments: z.array(z.object({ filename: z.string(), content: z.base64(), content_type: z.string().optional() })).optional(),
})
export type ReceivedEmail = z.infer<typeof Email>

export type ResendEmulator = {
  readonly baseUrl: string
  /** What was accepted, in order. */
  readonly accepted: ReceivedEmail[]
  /** Answers every request with this status until it is undefined again. */
  failWith: number | undefined
  close(): Promise<void>
}

type Answer = { readonly status: number; readonly body: object }

/** `POST /emails` as Resend answers it: key checked, payload checked, idempotency keys remembered with their payload. */
export async function startResendEmulator(apiKey: string): Promise<ResendEmulator> {
  const remembered = new Map<string, { id: string; body: string }>()
  const emulator = { accepted: [] as ReceivedEmail[], failWith: undefined as number | undefined }

  function answer(authorization: string | undefined, idempotencyKey: string, body: string): Answer {
    if (emulator.failWith) return refusal(emulator.failWith, 'application_error')
    if (authorization !== `Bearer ${apiKey}`) return refusal(401, 'invalid_api_key')
    const parsed = Email.safeParse(JSON.parse(body))
    if (!parsed.success) return refusal(422, 'validation_error')
    const known = remembered.get(idempotencyKey)
    if (known) return known.body === body ? { status: 200, body: { id: known.id } } : refusal(409, 'invalid_idempotent_request')
    const id = randomUUID()
    if (idempotencyKey) remembered.set(idempotencyKey, { id, body })
    emulator.accepted.push(parsed.data)
    return { status: 200, body: { id } }
  }

  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const isEmails = request.method === 'POST' && request.url === '/emails'
      const body = Buffer.concat(chunks).toString('utf8')
      const result = isEmails
        ? answer(request.headers.authorization, String(request.headers['idempotency-key'] ?? ''), body)
        : refusal(404, 'not_found')
      response.writeHead(result.status, { 'content-type': 'application/json' }).end(JSON.stringify(result.body))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()))
  return Object.assign(emulator, { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close })
}

function refusal(status: number, name: string): Answer {
  return { status, body: { statusCode: status, name, message: name } }
}
