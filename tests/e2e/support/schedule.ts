import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect } from '@playwright/test'

const inTwoDays = 2 * 86_400_000

/**
 * Lets the schedule of billing, or of files, look at a seller as it will two days from now: what has fallen due by then is made by the
 * worker, at its own time. Usage that is still being read holds billing up for a moment.
 */
export async function scheduleLooksAhead(slug: string, job: 'billing' | 'exports' = 'billing'): Promise<void> {
  const { LIVERY_E2E_DATABASE_URL, LIVERY_E2E_SECRET } = process.env
  const LIVERY_CLOCK = new Date(Date.now() + inTwoDays).toISOString()
  const env = { ...process.env, DATABASE_URL: LIVERY_E2E_DATABASE_URL, APP_SECRET: LIVERY_E2E_SECRET, LIVERY_CLOCK }
  const look = () => promisify(execFile)(process.execPath, ['--import', 'tsx', 'tests/e2e/support/look-ahead.ts', slug, job], { env })
  await expect.poll(async () => (await look()).stdout.trim(), { timeout: 60_000 }).toBe('opened')
}
