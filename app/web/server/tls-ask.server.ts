import { createHash, timingSafeEqual } from 'node:crypto'
import { isIP } from 'node:net'
import type { Request, RequestHandler } from 'express'
import { environment } from '#app/config/env.server.ts'
import { hostOf } from '../request/host.ts'
import { entryOf } from './build-entry.ts'

export const tlsAskPath = '/internal/tls-ask'

/** Signs that a question came through a proxy, and so from anybody. */
const passedOn = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-forwarded-port', 'x-real-ip']
/** Certificates are asked for a few at a time; whoever asks faster is trying names. */
const mostPerSecond = 20

/**
 * Whether a certificate may be fetched for a host: 200 for one that was proven, read from the table; 403 for everything else, failures
 * included. Only this machine, or who has the secret, may ask, and only directly.
 */
export function tlsAsk(build: Parameters<typeof entryOf>[0]): RequestHandler {
  const mayAskNow = limit(mostPerSecond)
  return (request, response) => {
    const answer = (status: number) => void response.status(status).set('Cache-Control', 'no-store').type('text/plain').send('')
    if (request.method !== 'GET' || !isTrusted(request)) return answer(403)
    if (!mayAskNow()) return answer(429)
    const host = hostOf(typeof request.query.domain === 'string' ? request.query.domain : null)
    if (!host || host !== request.query.domain || isIP(host)) return answer(403)
    entryOf(build)
      .then(({ mayHaveCertificate }) => mayHaveCertificate(host))
      .then(
        (may) => answer(may ? 200 : 403),
        (failure: unknown) => {
          process.stderr.write(`${JSON.stringify({ level: 50, path: tlsAskPath, err: String(failure) })}\n`)
          answer(403)
        },
      )
  }
}

function isTrusted(request: Request): boolean {
  if (passedOn.some((name) => request.headers[name] !== undefined)) return false
  const { TLS_ASK_SECRET: secret } = environment()
  const told = request.query.secret
  if (secret && typeof told === 'string') return timingSafeEqual(digest(told), digest(secret))
  // The connection itself, not what anybody says of it.
  const address = (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '')
  return address === '::1' || /^127\.\d+\.\d+\.\d+$/.test(address)
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

function limit(perSecond: number): () => boolean {
  let left = perSecond
  let second = 0
  return () => {
    const now = Math.floor(performance.now() / 1_000)
    if (now !== second) [second, left] = [now, perSecond]
    left -= 1
    return left >= 0
  }
}
