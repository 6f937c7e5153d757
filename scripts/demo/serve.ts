import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { environment, provideEnvironment } from '#app/config/env.server.ts'
import { startWeb } from '#app/web/server/start-web.server.ts'

export type ServeInput = {
  readonly port: number
  readonly note: (text: string) => void
  /** Called once the stores answer; gives the address of each. */
  readonly announce: (origin: (slug: string) => string) => void
}

/** Builds the pages, so that they are those of this checkout, and serves them until the process is asked to stop. */
export async function serve({ port, note, announce }: ServeInput): Promise<void> {
  note('building the pages')
  await build()
  const free = process.env.PORT ? port : await freePortFrom(port)
  provideEnvironment({ PORT: String(free) })
  const web = await startWeb({ port: free })
  announce((slug) => `http://${slug}.${environment().BASE_DOMAIN}:${web.port}`)
  note('serving; stop with Ctrl+C')
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
  await web.stop()
}

function build(): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['node_modules/@remix-run/dev/dist/cli.js', 'vite:build'], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, NODE_ENV: 'production' },
    })
    child.once('error', reject)
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`the build ended with code ${code}`))))
  })
}

/** `port`, or the next one nobody listens on. A port that was asked for by name is not exchanged. */
async function freePortFrom(port: number): Promise<number> {
  for (let candidate = port; candidate < port + 50; candidate += 1) if (await isFree(candidate)) return candidate
  return port
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, () => probe.close(() => resolve(true)))
  })
}
