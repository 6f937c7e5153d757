import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { createOutboxMailer } from '#app/adapters/mail/outbox-mailer.ts'
import { listMails, readMail } from '#app/adapters/mail/outbox-reader.ts'
import { contractClock, describeMailer, sampleMail } from './mailer-contract.ts'

const directories: string[] = []

function newOutbox() {
  const directory = mkdtempSync(join(tmpdir(), 'outbox-'))
  directories.push(directory)
  return { directory, mailer: createOutboxMailer({ directory, clock: contractClock }) }
}

afterAll(() => {
  for (const directory of directories) rmSync(directory, { recursive: true })
})

describeMailer('outbox', async () => {
  const { directory, mailer } = newOutbox()
  const received = async () => {
    const mails = await Promise.all((await listMails(directory)).map(({ id }) => readMail(directory, id)))
    return mails
      .filter((mail) => mail !== undefined)
      .map((mail) => ({
        ...mail,
        attachments: mail.files.map(({ filename, content }) => ({ filename, content: new TextDecoder().decode(content) })),
      }))
  }
  return { mailer, recognisesRepeats: true, received, close: async () => undefined }
})

test('a mail is one MIME file with CRLF line ends that names the sender and no software of ours', async () => {
  const { directory, mailer } = newOutbox()
  const { messageId } = await mailer.send(sampleMail)
  const [name = ''] = readdirSync(directory)
  const mime = readFileSync(join(directory, name), 'utf8')
  expect(name).toMatch(/^[0-9a-f]{64}\.eml$/)
  expect(mime.replaceAll('\r\n', '')).not.toContain('\n')
  expect(messageId).toMatch(/^<[0-9a-f]{32}@ahorn\.example>$/)
  expect(mime).toContain(`Message-ID: ${messageId}\r\n`)
  expect(mime).toContain('Date: Wed, 01 Jul 2026 06:00:00 +0000\r\n')
  expect(mime).not.toMatch(/x-mailer|user-agent|nodemailer|livery|meridian/i)
})

test('twenty senders of one key leave one file', async () => {
  const { directory, mailer } = newOutbox()
  await Promise.all(Array.from({ length: 20 }, () => mailer.send(sampleMail)))
  expect(readdirSync(directory)).toHaveLength(1)
})

test('an outbox that does not exist yet is empty', async () => {
  expect(await listMails('/nonexistent/outbox')).toEqual([])
})

test('a mail is read only by its id', async () => {
  const { directory } = newOutbox()
  expect(await readMail(directory, '../../etc/passwd')).toBeUndefined()
  expect(await readMail(directory, 'a'.repeat(64))).toBeUndefined()
})
