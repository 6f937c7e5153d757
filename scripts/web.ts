import { environment } from '#app/config/env.server.ts'
import { runMain } from '#app/config/run-main.server.ts'
import { startWeb } from '#app/web/server/start-web.server.ts'

/** The web server as its own process: the build, or the source with `--dev`. */
runMain(async () => {
  const isDevelopment = process.argv.includes('--dev')
  process.env.NODE_ENV ??= isDevelopment ? 'development' : 'production'
  const server = await startWeb({ port: environment().PORT, isDevelopment })
  process.stdout.write(`web: listening on port ${server.port}\n`)
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, resolve)
  })
  await server.stop()
  return 0
})
