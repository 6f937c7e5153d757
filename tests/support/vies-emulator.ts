import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

type Company = { readonly name: string; readonly address: string }
/** How the next questions are answered: as they should be, or as the register does on bad days. */
export type ViesMood = 'well' | 'member-state-down' | 'busy' | 'error-page' | 'silent' | 'nonsense' | 'endless' | 'about-another'

export type ViesEmulator = {
  readonly url: string
  /** Everything that was asked, oldest first. */
  readonly asked: readonly Record<string, string>[]
  register(vatId: string, company?: Company): void
  strike(vatId: string): void
  feel(mood: ViesMood): void
  close(): Promise<void>
}

/** The register as it is seen from outside: knows some companies, gives consultation numbers to those who name themselves. */
export async function startViesEmulator(): Promise<ViesEmulator> {
  const companies = new Map<string, Company>()
  const asked: Record<string, string>[] = []
  let mood: ViesMood = 'well'
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request as AsyncIterable<Buffer>) parts.push(part)
    if (request.method !== 'POST' || request.url !== '/rest-api/check-vat-number') return reply(response, 404, {})
    const question = JSON.parse(Buffer.concat(parts).toString('utf8')) as Record<string, string>
    asked.push(question)
    if (mood !== 'well') return misbehave(mood, response, question)
    const known = companies.get(`${question.countryCode}${question.vatNumber}`)
    const isNamed = question.requesterMemberStateCode !== undefined
    return reply(response, 200, {
      countryCode: question.countryCode,
      vatNumber: question.vatNumber,
      requestDate: '2026-06-01T08:00:00.000Z',
      valid: known !== undefined,
      requestIdentifier: isNamed ? `WAPIAAAA${String(asked.length).padStart(8, '0')}` : '',
      name: known?.name ?? '---',
      address: known?.address ?? '---',
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/rest-api`,
    asked,
    register: (vatId, company = { name: '---', address: '---' }) => void companies.set(vatId, company),
    strike: (vatId) => void companies.delete(vatId),
    feel: (next) => {
      mood = next
    },
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

/** Errors as the register words them. */
const refusals: Partial<Record<ViesMood, string>> = { 'member-state-down': 'MS_UNAVAILABLE', busy: 'MS_MAX_CONCURRENT_REQ' }

function misbehave(mood: ViesMood, response: ServerResponse, question: Record<string, string>): void {
  const error = refusals[mood]
  if (error) reply(response, 200, { actionSucceed: false, errorWrappers: [{ error }] })
  if (mood === 'error-page') response.writeHead(503, { 'content-type': 'text/html' }).end('<html>Maintenance</html>')
  if (mood === 'nonsense') reply(response, 200, { valid: 'yes' })
  if (mood === 'endless') response.writeHead(200).end(' '.repeat(200_000))
  if (mood === 'about-another') reply(response, 200, { ...question, vatNumber: '0', valid: true })
}

function reply(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
