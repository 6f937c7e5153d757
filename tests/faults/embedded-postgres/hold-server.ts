import { runMain } from '#app/config/run-main.server.ts'
import { startEmbeddedPostgres } from '#app/db/embedded-postgres.server.ts'

const farAwayMs = 2 ** 30

/** Uses the embedded server of a folder, says where it is, and keeps it until told to let go. */
runMain(async () => {
  const server = await startEmbeddedPostgres({ dataDir: process.argv[2] ?? '' })
  const letGo = new Promise<void>((resolve) => {
    // A signal handler alone does not keep a process alive.
    const alive = setTimeout(resolve, farAwayMs)
    process.once('SIGTERM', () => {
      clearTimeout(alive)
      resolve()
    })
  })
  process.stdout.write(`${JSON.stringify({ url: server.url, isShared: server.isShared })}\n`)
  await letGo
  await server.stop()
  return 0
})
