import { existsSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { ServerBuild } from '@remix-run/node'
import express from 'express'
import compressedStatic from 'express-static-gzip'
import { badSetting } from '#app/config/configuration-error.server.ts'
import { type HttpAppOptions, httpApp } from './http-app.server.ts'

export type WebServer = {
  readonly port: number
  /** Stops taking requests, lets open ones finish, closes. Safe to repeat. */
  stop(): Promise<void>
}

/** `development` serves from source through Vite; else the build is served. */
export type StartWebOptions = { readonly port: number; readonly isDevelopment?: boolean }

const buildFolder = 'build'
const patienceMs = 10_000

/**
 * Starts the web server.
 * @throws ConfigurationError naming PORT when the port is taken; Error when there is no build.
 */
export async function startWeb({ port, isDevelopment = false }: StartWebOptions): Promise<WebServer> {
  let isDraining = false
  const parts = isDevelopment ? await fromSource() : await builtParts()
  const app = httpApp({ ...parts, isDevelopment, isDraining: () => isDraining })
  const server = createServer(app)
  server.headersTimeout = 20_000
  server.requestTimeout = 60_000
  await listen(server, port)

  let stopping: Promise<void> | undefined
  const stop = () => {
    isDraining = true
    stopping ??= close(server).then(parts.close)
    return stopping
  }
  return { port: (server.address() as { port: number }).port, stop }
}

type Parts = Pick<HttpAppOptions, 'build' | 'assets'> & { close: () => Promise<void> }

/** The build and its files. @throws Error when there is none. */
export async function builtParts(): Promise<Parts> {
  const entry = join(process.cwd(), buildFolder, 'server', 'index.js')
  if (!existsSync(entry)) throw new Error('There is no build yet: run `npm run build` first.')
  const build = (await import(pathToFileURL(entry).href)) as ServerBuild
  const assets = express.Router()
  assets.use(
    '/assets',
    compressedStatic(join(buildFolder, 'client', 'assets'), {
      enableBrotli: true,
      orderPreference: ['br', 'gz'],
      index: false,
      serveStatic: { immutable: true, maxAge: '1y' },
    }),
  )
  const files = express.static(join(buildFolder, 'client'), { maxAge: '1h', index: false })
  // Pages have no point in their path: the disk is not asked for each of them.
  assets.use((request, response, next) => (request.path.includes('.') ? files(request, response, next) : next()))
  return { build, assets, close: async () => undefined }
}

async function fromSource(): Promise<Parts> {
  const { createServer: createVite } = await import('vite')
  const vite = await createVite({ server: { middlewareMode: true } })
  const build = () => vite.ssrLoadModule('virtual:remix/server-build') as Promise<ServerBuild>
  return { build, assets: vite.middlewares, close: () => vite.close() }
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (failure: NodeJS.ErrnoException) => {
      const isTaken = failure.code === 'EADDRINUSE' || failure.code === 'EACCES'
      reject(
        isTaken
          ? badSetting('PORT', `${port} cannot be used: ${failure.code === 'EACCES' ? 'not allowed' : 'another process listens there'}`)
          : failure,
      )
    })
    server.listen(port, () => resolve())
  })
}

/** Idle connections go at once, busy ones when they are done or patience ends. */
function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeIdleConnections()
    setTimeout(() => server.closeAllConnections(), patienceMs).unref()
  })
}
