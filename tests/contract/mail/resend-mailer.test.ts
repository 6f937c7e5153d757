import { afterEach, expect, test, vi } from 'vitest'
import { createResendMailer } from '#app/adapters/mail/resend-mailer.ts'
import { startResendEmulator } from '#tests/support/resend-emulator.ts'
import { describeMailer, sampleMail } from './mailer-contract.ts'

afterEach(() => {
  vi.unstubAllEnvs()
})

describeMailer('Resend', async () => {
  const emulator = await startResendEmulator('re_test')
  const mailer = createResendMailer({ apiKey: 're_test', baseUrl: emulator.baseUrl })
  const received = async () =>
    emulator.accepted.map((mail) => ({
      ...mail,
      language: mail.headers['Content-Language'] ?? '',
      attachments: (mail.attachments ?? []).map(({ filename, content }) => ({
        filename,
        content: Buffer.from(content, 'base64').toString('utf8'),
      })),
    }))
  return { mailer, recognisesRepeats: true, received, close: emulator.close }
})

async function withEmulator(work: (emulator: Awaited<ReturnType<typeof startResendEmulator>>) => Promise<void>) {
  // In any other environment the client writes refusals to the console itself.
  vi.stubEnv('NODE_ENV', 'production')
  const emulator = await startResendEmulator('re_test')
  await work(emulator).finally(() => emulator.close())
}

test('an outage throws, and the next try delivers once', () =>
  withEmulator(async (emulator) => {
    const mailer = createResendMailer({ apiKey: 're_test', baseUrl: emulator.baseUrl })
    emulator.failWith = 503
    await expect(mailer.send(sampleMail)).rejects.toThrow('Resend did not take the mail: application_error (503)')
    emulator.failWith = undefined
    await mailer.send(sampleMail)
    expect(emulator.accepted).toHaveLength(1)
  }))

test('a wrong key throws without naming the key', () =>
  withEmulator(async (emulator) => {
    const mailer = createResendMailer({ apiKey: 're_wrong', baseUrl: emulator.baseUrl })
    await expect(mailer.send(sampleMail)).rejects.toThrow('Resend did not take the mail: invalid_api_key (401)')
  }))

test('the same key with another mail is refused', () =>
  withEmulator(async (emulator) => {
    const mailer = createResendMailer({ apiKey: 're_test', baseUrl: emulator.baseUrl })
    await mailer.send(sampleMail)
    await expect(mailer.send({ ...sampleMail, subject: 'Another' })).rejects.toThrow('invalid_idempotent_request (409)')
  }))

test('nobody at the address throws', () => {
  vi.stubEnv('NODE_ENV', 'production')
  return expect(createResendMailer({ apiKey: 're_test', baseUrl: 'http://127.0.0.1:9' }).send(sampleMail)).rejects.toThrow('no answer')
})
