import { defineConfig } from '@playwright/test'
import { browserLaunch } from './tests/support/browser.ts'

const port = Number(process.env.LIVERY_BROWSER_PORT ?? 4170)
const folder = process.env.LIVERY_BROWSER_FOLDER ?? '.livery/browser'

/** The browser tests run against the demo: its own database and seed, emulated clouds, the built pages. */
export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  use: {
    baseURL: `http://ahorn.localhost:${port}`,
    launchOptions: await browserLaunch(),
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
  },
  webServer: {
    command: 'node node_modules/tsx/dist/cli.mjs scripts/demo.ts',
    url: `http://127.0.0.1:${port}/healthz`,
    timeout: 240_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 30_000 },
    stdout: 'ignore',
    stderr: 'pipe',
    env: { PORT: String(port), LIVERY_DATA_DIR: folder, NODE_ENV: 'production', LOG_LEVEL: 'warn' },
  },
})
