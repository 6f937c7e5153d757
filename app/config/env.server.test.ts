import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { ConfigurationError } from './configuration-error.server.ts'
import { parseEnvironment, rolePassword, settingMeta, settingNames } from './env.server.ts'

const folder = mkdtempSync(join(tmpdir(), 'livery-env-'))
afterAll(() => rmSync(folder, { recursive: true }))

function problemsOf(source: Record<string, string>): string[] {
  try {
    parseEnvironment(source)
    return []
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error
    return error.problems.map(({ setting, problem }) => `${setting} ${problem}`)
  }
}

test('nothing set is a good configuration: everything has a default or can be left out', () => {
  expect(parseEnvironment({})).toMatchObject({ PORT: 4000, BASE_DOMAIN: 'localhost', LIVERY_DATA_DIR: '.livery', MAIL_TRANSPORT: 'outbox' })
})

test('every problem is told at once, each with its setting', () => {
  expect(problemsOf({ DATABASE_URL: 'mysql://here/db', PORT: 'seventy', MAIL_TRANSPORT: 'pigeon', LOG_LEVEL: 'loud' })).toEqual([
    'DATABASE_URL must be a postgresql:// URL',
    'PORT must be a port number',
    'MAIL_TRANSPORT must be one of outbox, smtp, resend',
    'LOG_LEVEL must be one of fatal, error, warn, info, debug, trace, silent',
  ])
})

test('a setting that needs another says so', () => {
  expect(problemsOf({ DATABASE_URL: 'postgresql://a@b/c', MAIL_TRANSPORT: 'smtp', INNGEST_EVENT_KEY: 'key' })).toEqual([
    'APP_SECRET is needed with DATABASE_URL (32 random characters or more)',
    'SMTP_URL is needed with MAIL_TRANSPORT=smtp',
    'INNGEST_SIGNING_KEY is needed with INNGEST_EVENT_KEY',
  ])
})

test('an empty value counts as unset', () => {
  expect(parseEnvironment({ PORT: ' ', SMTP_URL: '' }).PORT).toBe(4000)
})

test('a secret can lie in a file, without the line break at its end', () => {
  const file = join(folder, 'secret')
  writeFileSync(file, `${'s'.repeat(32)}\n`)
  expect(parseEnvironment({ APP_SECRET_FILE: file }).APP_SECRET).toBe('s'.repeat(32))
})

test('a secret given twice, and a file that is not there, are problems', () => {
  const source = { RESEND_API_KEY: 'a', RESEND_API_KEY_FILE: '/nowhere', APP_SECRET_FILE: join(folder, 'missing') }
  expect(problemsOf(source)).toEqual([
    `APP_SECRET_FILE cannot be read: ENOENT: no such file or directory, open '${join(folder, 'missing')}'`,
    'RESEND_API_KEY is set together with RESEND_API_KEY_FILE; keep one',
  ])
})

test('a moved clock is refused in production', () => {
  expect(problemsOf({ NODE_ENV: 'production', LIVERY_CLOCK: '2026-01-01T00:00:00Z' })).toEqual([
    'LIVERY_CLOCK is for tests only: unset it in production',
  ])
})

test('the password of a role follows from its name and the secret', () => {
  expect(rolePassword('livery_app', 'x'.repeat(32))).toMatch(/^[0-9a-f]{32}$/)
  expect(rolePassword('livery_app', 'x'.repeat(32))).not.toBe(rolePassword('livery_jobs', 'x'.repeat(32)))
  expect(rolePassword('livery_app', 'x'.repeat(32))).not.toBe(rolePassword('livery_app', 'y'.repeat(32)))
})

test('every setting is documented, and every key and password can be a file', () => {
  const names = settingNames()
  expect(names.filter((name) => settingMeta(name).description.length < 10)).toEqual([])
  expect(names.filter((name) => /(SECRET|KEY|DATABASE_URL|SMTP_URL)$/.test(name) && !settingMeta(name).secret)).toEqual([])
})
