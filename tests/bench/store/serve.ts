import { createServer } from 'node:http'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createRequestHandler } from '@remix-run/express'
import type { ServerBuild } from '@remix-run/node'
import express from 'express'
import { httpApp } from '#app/web/server/http-app.server.ts'
import { builtParts } from '#app/web/server/start-web.server.ts'

/** The product's web server as it runs in production, and in the same process the bare page at `/bare`. */
const bare = (await import(pathToFileURL(resolve('build/bare/server/index.js')).href)) as ServerBuild
const parts = await builtParts()
const app = express()
app.disable('x-powered-by')
app.set('etag', false)
app.get('/bare', createRequestHandler({ build: bare }))
app.use(httpApp({ ...parts, isDevelopment: false, isDraining: () => false }))

const server = createServer(app).listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as { port: number }).port }))
process.on('message', () => process.send?.({ rssMb: Math.round(process.memoryUsage().rss / 2 ** 20) }))
process.once('disconnect', () => process.exit(0))
