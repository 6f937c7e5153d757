import { generateKeyPairSync } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import PostalMime from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import { expect, test } from 'vitest'
import { createSmtpMailer } from '#app/adapters/mail/smtp-mailer.ts'
import { checkDkim } from '#tests/support/check-dkim.ts'
import { contractClock, describeMailer, sampleMail } from './mailer-contract.ts'

type Inbox = { readonly url: string; readonly messages: Buffer[]; close(): Promise<void> }

/** A mail server that keeps what it gets; `refuses` names an address it does not take. */
async function startInbox(refuses?: string, refusal = { message: 'mailbox full', responseCode: 452 }): Promise<Inbox> {
  const messages: Buffer[] = []
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _session, done) =>
      done(username === 'ahorn' && password === 'p@ss' ? null : new Error('no'), { user: username }),
    onRcptTo: ({ address }, _session, done) =>
      done(address === refuses ? Object.assign(new Error(refusal.message), { responseCode: refusal.responseCode }) : undefined),
    onData: (stream, _session, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        messages.push(Buffer.concat(chunks))
        done()
      })
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  const { port } = server.server.address() as AddressInfo
  return { url: `smtp://ahorn:p%40ss@127.0.0.1:${port}`, messages, close: () => new Promise((resolve) => server.close(() => resolve())) }
}

describeMailer('SMTP', async () => {
  const inbox = await startInbox()
  const received = () =>
    Promise.all(
      inbox.messages.map(async (message) => {
        const mail = await PostalMime.parse(message)
        return {
          from: `${mail.from?.name} <${mail.from?.address}>`,
          to: (mail.to ?? []).map(({ name, address }) => `${name} <${address}>`),
          subject: mail.subject ?? '',
          html: mail.html ?? '',
          text: mail.text ?? '',
          language: mail.headers.find(({ key }) => key === 'content-language')?.value ?? '',
          attachments: mail.attachments.map(({ filename, content }) => ({
            filename: filename ?? '',
            content: new TextDecoder().decode(content as ArrayBuffer),
          })),
        }
      }),
    )
  return { mailer: createSmtpMailer({ url: inbox.url, clock: contractClock }), recognisesRepeats: false, received, close: inbox.close }
})

test('nothing in a mail names the software or the machine that sent it', async () => {
  const inbox = await startInbox()
  await createSmtpMailer({ url: inbox.url, clock: contractClock }).send(sampleMail)
  await inbox.close()
  expect(inbox.messages[0]?.toString('utf8')).not.toMatch(/x-mailer|user-agent|nodemailer|livery|meridian/i)
})

test('a server that refuses one of two recipients has not taken the mail', async () => {
  const inbox = await startInbox('full@linde.example')
  const mailer = createSmtpMailer({ url: inbox.url, clock: contractClock })
  await expect(mailer.send({ ...sampleMail, to: [...sampleMail.to, { address: 'full@linde.example' }] })).rejects.toThrow(
    'refused 1 of 2 recipients',
  )
  await inbox.close()
})

test('a recipient that is refused for good is told with the reason of the server, one that is refused for now is not', async () => {
  const to = [{ address: 'gone@linde.example' }]
  const sendTo = async (refusal: { message: string; responseCode: number }) => {
    const inbox = await startInbox('gone@linde.example', refusal)
    const sent = createSmtpMailer({ url: inbox.url, clock: contractClock }).send({ ...sampleMail, to })
    const failure = await sent.catch((error: Error) => error)
    await inbox.close()
    return failure
  }
  expect(await sendTo({ message: '5.1.1 no such user here', responseCode: 550 })).toMatchObject({
    name: 'MailRefusedError',
    refusal: { statusCode: '5.1.1', reason: 'no such user here' },
  })
  expect(await sendTo({ message: 'unknown user', responseCode: 550 })).toMatchObject({
    refusal: { statusCode: '550', reason: 'unknown user' },
  })
  expect(await sendTo({ message: 'mailbox busy', responseCode: 450 })).not.toHaveProperty('refusal')
})

test('a wrong password and a closed port throw', async () => {
  const inbox = await startInbox()
  await expect(createSmtpMailer({ url: inbox.url.replace('p%40ss', 'wrong'), clock: contractClock }).send(sampleMail)).rejects.toThrow()
  await inbox.close()
  await expect(createSmtpMailer({ url: 'smtp://127.0.0.1:9', clock: contractClock }).send(sampleMail)).rejects.toThrow()
})

test('a mail that its seller may sign holds before any receiver, and one without a key carries no signature', async () => {
  const inbox = await startInbox()
  const mailer = createSmtpMailer({ url: inbox.url, clock: contractClock })
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const publicKey = pair.publicKey.export({ type: 'spki', format: 'der' }).toString('base64')
  const privateKey = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  await mailer.send({ ...sampleMail, signature: { domain: 'ahorn.example', selector: 'store', privateKey } })
  await mailer.send(sampleMail)
  const [signed = Buffer.of(), plain = Buffer.of()] = inbox.messages
  expect(checkDkim(signed, publicKey)).toMatchObject({ domain: 'ahorn.example', selector: 'store' })
  expect(checkDkim(signed, publicKey).headers).toEqual(expect.arrayContaining(['from', 'to', 'subject', 'date', 'message-id']))
  expect(() => checkDkim(Buffer.from(signed.toString('latin1').replace('Subject: ', 'Subject: x'), 'latin1'), publicKey)).toThrow(
    'does not hold',
  )
  expect(() => checkDkim(plain, publicKey)).toThrow('not signed')
  await inbox.close()
})
