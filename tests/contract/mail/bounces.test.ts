import { expect, test } from 'vitest'
import { deliveryStatusReader } from '#app/adapters/mail/bounces/delivery-status.ts'
import { resendEventReader } from '#app/adapters/mail/bounces/resend-events.ts'

type Report = { readonly action?: string; readonly status?: string; readonly part?: 'message/rfc822' | 'text/rfc822-headers' }

/** A notification as Postfix writes it. */
function postfixReport({ action = 'failed', status = '5.1.1', part = 'message/rfc822' }: Report = {}): Uint8Array {
  return Buffer.from(
    `Return-Path: <>
Date: Wed,  1 Jul 2026 06:00:05 +0000 (UTC)
From: MAILER-DAEMON@mx.ahorn.example (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: buchhaltung@ahorn.example
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B1/mx.ahorn.example"
Message-Id: <20260701060005.B1@mx.ahorn.example>

--B1/mx.ahorn.example
Content-Description: Notification
Content-Type: text/plain; charset=utf-8

I'm sorry to have to inform you that your message could not be delivered.

--B1/mx.ahorn.example
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.ahorn.example
X-Postfix-Queue-ID: 4A1
Arrival-Date: Wed,  1 Jul 2026 06:00:00 +0000 (UTC)

Final-Recipient: rfc822; maria@linde.example
Original-Recipient: rfc822;maria@linde.example
Action: ${action}
Status: ${status}
Remote-MTA: dns; mail.linde.example
Diagnostic-Code: smtp; 550 5.1.1 <maria@linde.example>: Recipient address
    rejected: User unknown

--B1/mx.ahorn.example
Content-Description: Undelivered Message
Content-Type: ${part}

Message-ID: <0123456789abcdef@ahorn.example>
From: Ahorn Hosting <buchhaltung@ahorn.example>
To: Maria Linde <maria@linde.example>
Subject: Rechnung AH-2026-00042
Content-Type: text/plain

Guten Tag
--B1/mx.ahorn.example--
`.replaceAll('\n', '\r\n'),
  )
}

test.each(['message/rfc822', 'text/rfc822-headers'] as const)(
  'a mail that came back names the mail it was (%s), the address and the reason',
  async (part) => {
    expect(await deliveryStatusReader.read(postfixReport({ part }))).toEqual([
      {
        messageId: '<0123456789abcdef@ahorn.example>',
        address: 'maria@linde.example',
        refusal: { statusCode: '5.1.1', reason: '550 5.1.1 <maria@linde.example>: Recipient address rejected: User unknown' },
      },
    ])
  },
)

test.each(['delayed', 'delivered', 'relayed', 'expanded'])('a mail that is %s has not come back', async (action) => {
  expect(await deliveryStatusReader.read(postfixReport({ action, status: '4.4.1' }))).toEqual([])
})

test.each([
  ['an answer from a person', 'Subject: Re: Rechnung\r\n\r\nI am on holiday. Action: failed'],
  ['nothing', ''],
  ['noise', '\u0000\u0001--boundary'],
])('%s is no bounce', async (_name, text) => {
  expect(await deliveryStatusReader.read(Buffer.from(text))).toEqual([])
})

test('Resend tells what came back for good, and what may go another time', async () => {
  const event = (type: string) =>
    Buffer.from(
      JSON.stringify({
        type: 'email.bounced',
        data: { email_id: 're_1', to: ['maria@linde.example'], bounce: { type, message: 'unknown user' } },
      }),
    )
  expect(await resendEventReader.read(event('Permanent'))).toEqual([
    { messageId: 're_1', address: 'maria@linde.example', refusal: { statusCode: '5.1.1', reason: 'unknown user' } },
  ])
  expect(await resendEventReader.read(event('Transient'))).toMatchObject([{ refusal: { statusCode: '4.0.0' } }])
  expect(await resendEventReader.read(Buffer.from('{"type":"email.opened"}'))).toEqual([])
  expect(await resendEventReader.read(Buffer.from('not JSON'))).toEqual([])
})
