import { defineConfig } from '@playwright/test'
import { browserLaunch } from './tests/support/browser.ts'

/** The acceptance stories: each has a product of its own with a clock of its own, so that months pass while it is told. */
export default defineConfig({
  testDir: 'tests/e2e/stories',
  outputDir: 'test-results/stories',
  globalSetup: './tests/support/stories-global-setup.ts',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: true,
  timeout: 300_000,
  expect: { timeout: 15_000 },
  use: {
    actionTimeout: 60_000,
    navigationTimeout: 60_000,
    launchOptions: await browserLaunch(),
    locale: 'en-GB',
    timezoneId: 'Europe/Vienna',
    // To record each deed takes long: `npx playwright test --config playwright.stories.config.ts --trace retain-on-failure` does.
    trace: 'off',
    screenshot: 'only-on-failure',
  },
})
