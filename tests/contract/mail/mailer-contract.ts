import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Mail, Mailer } from '#app/ports/mailer.ts'

/** A mail as the other side got it. */
export type Received = {
  readonly from: string
  readonly to: readonly string[]
  readonly subject: string
  readonly html: string
  readonly text: string
  readonly language: string
  readonly attachments: readonly { readonly filename: string; readonly content: string }[]
}

export type MailerUnderTest = {
  readonly mailer: Mailer
  /** Whether a repeat of a key reaches the other side only once. */
  readonly recognisesRepeats: boolean
  received(): Promise<Received[]>
  close(): Promise<void>
}

const clockTime = new Date('2026-07-01T06:00:00Z')
/** The hour all contract mails are sent at. */
export const contractClock = { now: () => clockTime }

export const sampleMail: Mail = {
  key: 'invoice:0197:maria@linde.example',
  from: { name: 'Ahorn Hosting', address: 'buchhaltung@ahorn.example' },
  to: [{ name: 'Linde, Maria "Café"', address: 'maria@linde.example' }],
  replyTo: { address: 'hallo@ahorn.example' },
  subject: 'Rechnung AH-2026-00042 über 40,68 €',
  html: '<p>Grüße — مرحبا</p>',
  text: 'Grüße — مرحبا',
  language: 'de',
  attachments: [{ filename: 'AH-2026-00042.pdf', contentType: 'application/pdf', content: new TextEncoder().encode('%PDF-1.7 test') }],
}

/** What every mailer must do, whatever carries the mail. */
export function describeMailer(name: string, start: () => Promise<MailerUnderTest>) {
  describe(`a mailer by ${name}`, () => {
    let subject: MailerUnderTest

    beforeAll(async () => {
      subject = await start()
    })
    afterAll(() => subject.close())

    test('delivers sender, recipient, subject, both bodies, language and attachment unchanged', async () => {
      await subject.mailer.send(sampleMail)
      const [mail] = await subject.received()
      expect(mail).toMatchObject({ subject: sampleMail.subject, language: 'de' })
      expect(mail?.from).toMatch(/^"?Ahorn Hosting"? <buchhaltung@ahorn\.example>$/)
      expect(mail?.to.map((recipient) => recipient.replaceAll('\\', ''))).toEqual([
        expect.stringMatching(/^"?Linde, Maria "Café""? <maria@linde\.example>$/),
      ])
      expect([mail?.html.trim(), mail?.text.trim()]).toEqual(['<p>Grüße — مرحبا</p>', 'Grüße — مرحبا'])
      expect(mail?.attachments).toEqual([{ filename: 'AH-2026-00042.pdf', content: '%PDF-1.7 test' }])
    })

    test('answers a repeat of a key with the same message id', async () => {
      const mail = { ...sampleMail, key: 'repeat' }
      const before = (await subject.received()).length
      const ids = [await subject.mailer.send(mail), await subject.mailer.send(mail)]
      expect(ids[0]).toEqual(ids[1])
      expect((await subject.received()).length - before).toBe(subject.recognisesRepeats ? 1 : 2)
    })

    test('gives different keys different message ids', async () => {
      const one = await subject.mailer.send({ ...sampleMail, key: 'one' })
      const two = await subject.mailer.send({ ...sampleMail, key: 'two' })
      expect(one.messageId).not.toBe(two.messageId)
    })

    test.each<[string, Partial<Mail>]>([
      ['the subject', { subject: 'Hello\r\nBcc: all@linde.example' }],
      ['the subject, with a bare line feed', { subject: 'Hello\nBcc: all@linde.example' }],
      ['the sender name', { from: { name: 'A\r\nX: y', address: 'a@ahorn.example' } }],
      ['the sender address', { from: { address: 'a@ahorn.example\r\nBcc: b@c.example' } }],
      ['a recipient name', { to: [{ name: 'M\rX: y', address: 'maria@linde.example' }] }],
      ['a recipient address that is a list', { to: [{ address: 'maria@linde.example, all@linde.example' }] }],
      ['the reply address', { replyTo: { address: 'x@y.example\n' } }],
      ['the language', { language: 'de\r\nX: y' }],
      ['an attachment name', { attachments: [{ filename: 'a\r\n.pdf', contentType: 'application/pdf', content: new Uint8Array() }] }],
    ])('refuses a line break or a second address in %s, and nothing leaves', async (_name, changes) => {
      const before = (await subject.received()).length
      await expect(subject.mailer.send({ ...sampleMail, key: 'refused', ...changes })).rejects.toThrow('mail refused')
      expect((await subject.received()).length).toBe(before)
    })

    test('hands on a subject that looks like a template as it is', async () => {
      await subject.mailer.send({ ...sampleMail, key: 'template', subject: '{{constructor}} ${7*7} <img onerror>' })
      expect((await subject.received()).map((mail) => mail.subject)).toContain('{{constructor}} ${7*7} <img onerror>')
    })
  })
}
