import { requestIdOf } from './request-id.ts'

type Problem = { status: number; code: string; title: string; detail?: string; errors?: readonly { pointer: string; code: string }[] }

/** An RFC 9457 answer. `code` is stable and for machines; title and detail never carry a message of the database or a library. */
export function problem(request: Request, { status, code, title, detail, errors }: Problem): Response {
  const body = { type: 'about:blank', title, status, detail, code, errors, request_id: requestIdOf(request) }
  return Response.json(body, { status, headers: { 'Content-Type': 'application/problem+json', 'Cache-Control': 'no-store' } })
}
