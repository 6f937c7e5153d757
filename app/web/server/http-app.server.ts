import { randomBytes, randomUUID } from 'node:crypto'
import { finished } from 'node:stream'
import { createRequestHandler } from '@remix-run/express'
import type { AppLoadContext, ServerBuild } from '@remix-run/node'
import compression from 'compression'
import express, { type Express, type NextFunction, type Request, type Response } from 'express'
import { securityHeaders } from '../answers/security-headers.server.ts'
import { toMainHost } from '../request/main-host.server.ts'
import { isRequestId } from '../request/request-id.ts'
import { isFromOurPage } from '../request/same-origin.ts'
import type { KeptPageKey, keptPage, keptPageKey, stopMaking } from './kept-pages.server.ts'
import { tlsAsk, tlsAskPath } from './tls-ask.server.ts'
import { versionFacts } from './version.server.ts'

declare module '@remix-run/node' {
  interface AppLoadContext {
    /** The word that lets this answer's own scripts run. */
    nonce: string
    /** Whether the process is on its way out: no new work, please. */
    isDraining: boolean
    /** Where the finished page is kept for the next who asks; null for a page that is not. */
    keptPage: KeptPageKey | null
  }
}

export type HttpAppOptions = {
  /** The Remix build, or how to get it anew for each request in development. */
  readonly build: ServerBuild | (() => Promise<ServerBuild>)
  /** Serves the client's files: the built ones, or Vite's. */
  readonly assets: express.RequestHandler
  readonly isDevelopment: boolean
  /** Whether SIGTERM has come. */
  readonly isDraining: () => boolean
}

const largestForm = 1_000_000
/** Messages of tickets bring files; they are read for who may write there. */
const largestOfTickets = 27_500_000
/** Callers that are no page of ours and prove themselves by other means. */
const ownProof = ['/api/', '/webhooks/', '/internal/', '/sign-on/']
/** Answered on any host: probes address the machine, not a store. */
const probes = ['/readyz', '/version', '/healthz']

/** The web server's layers, outermost first. Nothing it sends names a product, a machine or another tenant. */
export function httpApp({ build, assets, isDevelopment, isDraining }: HttpAppOptions): Express {
  const app = express()
  app.disable('x-powered-by')
  app.set('etag', false)
  // The proxy in front stands on this machine or in its private network; its word on https and addresses counts, nobody else's.
  app.set('trust proxy', 'loopback, linklocal, uniquelocal')

  app.all(tlsAskPath, tlsAsk(build))
  app.use(markRequest)
  app.get('/healthz', (_request, response) => void response.type('text/plain').send('ok'))
  app.get('/version', (_request, response) => void response.json(versionFacts()))
  app.use(onlyKnownHosts(build))
  app.use(toMainHost(build))
  app.use(compression())
  app.use(securityHeaders(isDevelopment))
  app.use(ownHeadersWin)
  app.use(onlyOurForms)
  app.use(markWriter)
  app.use(assets)
  app.use(keptPages(build))
  app.all(
    '*',
    createRequestHandler({
      build,
      getLoadContext: (_request, response): AppLoadContext => {
        const { nonce, keptPage = null } = response.locals
        return { nonce, keptPage, isDraining: isDraining() }
      },
    }),
  )
  app.use(lastResort)
  return app
}

/** Gives the request its id and its nonce, and forgets what a stranger says about the host. */
function markRequest(request: Request, response: Response, next: NextFunction) {
  const id = request.headers['x-request-id']
  request.headers['x-request-id'] = isRequestId(id) ? id : randomUUID()
  // What the caller says about its own address does not count; what the connection, or the proxy in front, says does.
  request.headers['x-client-address'] = request.ip ?? ''
  response.setHeader('X-Request-Id', request.headers['x-request-id'])
  delete request.headers['x-forwarded-host']
  delete request.headers.forwarded
  response.locals.nonce = randomBytes(16).toString('base64url')
  next()
}

/** A host that is nobody's gets a plain 404 for everything, files included. */
function onlyKnownHosts(build: HttpAppOptions['build']): express.RequestHandler {
  return (request, response, next) => {
    if (probes.includes(request.path)) return next()
    isKnownHost(build, request).then((isKnown) => (isKnown ? next() : void response.status(404).type('text/plain').send('Not found')), next)
  }
}

async function isKnownHost(build: HttpAppOptions['build'], request: Request): Promise<boolean> {
  if (request.rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host').length !== 1) return false
  return (await (await insideOf(build)).findTenant(request.headers.host)) !== null
}

/** What lives inside the build, so that the process holds one set of database connections, not two. */
async function insideOf(build: HttpAppOptions['build']) {
  const { entry } = typeof build === 'function' ? await build() : build
  return entry.module as unknown as {
    findTenant: (host: string | undefined) => Promise<object | null>
    keptPage: typeof keptPage
    keptPageKey: typeof keptPageKey
    stopMaking: typeof stopMaking
  }
}

/** Answers with a page that was made a moment ago, where it is the same for who asks now. */
function keptPages(build: HttpAppOptions['build']): express.RequestHandler {
  return (request, response, next) => {
    if (request.method !== 'GET' || request.path.includes('.')) return next()
    answerKept(build, request, response).then((isAnswered) => (isAnswered ? undefined : next()), next)
  }
}

async function answerKept(build: HttpAppOptions['build'], request: Request, response: Response): Promise<boolean> {
  const inside = await insideOf(build)
  const { cookie, host, 'accept-language': language } = request.headers
  const headers = Object.entries({ cookie, host, 'accept-language': language }).filter((pair): pair is [string, string] => !!pair[1])
  const asked = new globalThis.Request(`${request.protocol}://${host}${request.originalUrl}`, { headers })
  const key = await inside.keptPageKey(asked)
  response.locals.keptPage = key
  const page =
    key && (await inside.keptPage(asked, key, { nonce: response.locals.nonce, requestId: String(request.headers['x-request-id']) }))
  if (!page) {
    // Also when the reader has gone meanwhile: nobody waits for a page that is not made.
    if (key) finished(response, () => inside.stopMaking(key))
    return false
  }
  if (page.setCookie) response.append('Set-Cookie', page.setCookie)
  response
    .set('Cache-Control', key.isShared ? 'private, no-cache' : 'private, no-store')
    .set('Content-Length', String(page.parts.reduce((sum, part) => sum + part.byteLength, 0)))
    .type('text/html; charset=utf-8')
  // One after the other: put together first, every answer would copy the whole page.
  for (const part of page.parts) response.write(part)
  response.end()
  return true
}

/** A page that names its own policy replaces the one of every page; two of a kind would both hold. */
function ownHeadersWin(_request: Request, response: Response, next: NextFunction) {
  const append = response.append.bind(response)
  const addsUp = new Set(['set-cookie', 'vary', 'link'])
  response.append = (name, value) => (addsUp.has(name.toLowerCase()) ? append(name, value) : response.set(name, value))
  next()
}

/** Refuses writes that did not start on a page of this host, and bodies no form of ours has. */
function onlyOurForms(request: Request, response: Response, next: NextFunction) {
  if (ownProof.some((prefix) => request.path.startsWith(prefix))) return next()
  const { host, origin, 'sec-fetch-site': fetchSite } = request.headers
  if (!isFromOurPage({ method: request.method, host, origin, fetchSite: fetchSite as string | undefined })) {
    return void response.status(403).type('text/plain').send('Refused: the request did not come from a page of this site.')
  }
  const largest = /^\/(panel|office)\/tickets\//.test(request.path) ? largestOfTickets : largestForm
  const isBodyBounded = request.headers['transfer-encoding'] === undefined && Number(request.headers['content-length'] ?? 0) <= largest
  if (!isBodyBounded) return void response.status(413).type('text/plain').send('Too large.')
  next()
}

/** A browser that sends a form reads what it changed at once: for ten seconds its pages are made anew, whichever process is asked. */
function markWriter(request: Request, response: Response, next: NextFunction) {
  const isWrite = !['GET', 'HEAD', 'OPTIONS'].includes(request.method) && !ownProof.some((prefix) => request.path.startsWith(prefix))
  if (isWrite) {
    const name = `${request.secure ? '__Host-' : ''}wrote`
    response.cookie(name, '1', { path: '/', httpOnly: true, sameSite: 'lax', secure: request.secure, maxAge: 10_000 })
  }
  next()
}

/** What went wrong before or around Remix: a number, nothing else. */
function lastResort(failure: unknown, request: Request, response: Response, next: NextFunction) {
  if (response.headersSent) return next(failure)
  process.stderr.write(
    `${JSON.stringify({ level: 50, requestId: request.headers['x-request-id'], path: request.path, err: String(failure) })}\n`,
  )
  response.status(500).type('text/plain').send('Something went wrong.')
}
