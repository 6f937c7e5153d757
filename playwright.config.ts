import { defineConfig } from '@playwright/test'
import { seesEveryLook } from './tests/e2e/support/looks.ts'
import { browserLaunch } from './tests/support/browser.ts'

/** The browser tests run against one seeded product with last month billed; tests/support/browser-global-setup.ts starts and ends it. */
export default defineConfig({
  testDir: 'tests/e2e',
  // Each story has a product of its own: playwright.stories.config.ts.
  testIgnore: 'stories/**',
  // Journeys of most of a minute, whose sums the scenarios prove as well, are walked by `npm run test:e2e`.
  ...(seesEveryLook ? {} : { grepInvert: /@long/ }),
  outputDir: 'test-results',
  globalSetup: './tests/support/browser-global-setup.ts',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: true,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  use: {
    launchOptions: await browserLaunch(),
    // To record each deed takes long: `npx playwright test --trace retain-on-failure` does.
    trace: 'off',
    screenshot: 'only-on-failure',
  },
})
