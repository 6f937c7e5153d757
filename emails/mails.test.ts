import { describe, expect, test } from 'vitest'
import { money } from '#app/domain/money/money.ts'
import { renderConfirmEmail } from './confirm-email.tsx'
import { renderConfirmOrder } from './confirm-order.tsx'
import { renderCreditNewsMail } from './credit-news.tsx'
import { renderDisputeMail } from './dispute.tsx'
import { renderExportFailedMail } from './export-failed.tsx'
import { renderExportReadyMail } from './export-ready.tsx'
import { renderInviteMail } from './invite.tsx'
import { renderInvoiceMail } from './invoice.tsx'
import type { MailBrand, MailProps } from './mail-brand.ts'
import { renderPayerNewsMail } from './payer-news.tsx'
import { renderPayoutMail } from './payout.tsx'
import { renderEmailConfirmMail, renderPersonalNewsMail } from './personal-news.tsx'
import { renderPlanMigrationMail } from './plan-migration.tsx'
import { renderResetPasswordMail } from './reset-password.tsx'
import { renderServerReadyMail } from './server-ready.tsx'
import { renderSubscriptionReminderMail } from './subscription-reminder.tsx'
import { renderTicketNewsMail } from './ticket-news.tsx'
import { renderWebhookPausedMail } from './webhook-paused.tsx'
import { renderWelcomeMail } from './welcome.tsx'

const ahorn: MailBrand = {
  name: 'Ahorn Hosting',
  legalName: 'Ahorn Hosting GmbH',
  address: 'Lindengasse 14, 1070 Wien',
  email: 'hallo@ahorn.example',
  storeUrl: 'https://ahorn.example/',
  logo: null,
  radius: 6,
  colours: {
    accent: '#96341f',
    accentFg: '#ffffff',
    bg: '#f9f8f7',
    surface: '#ffffff',
    border: '#e2dfdd',
    text: '#1d1a19',
    muted: '#6b6563',
  },
  darkColours: {
    accent: '#eb9a83',
    accentFg: '#1d1a19',
    bg: '#151312',
    surface: '#1f1c1b',
    border: '#3b3634',
    text: '#f2efee',
    muted: '#a8a19e',
  },
}
const logo = { url: 'https://ahorn.example/brand/1.png', darkUrl: 'https://ahorn.example/brand/2.png', width: 169, height: 32 }
const german: MailProps = { brand: ahorn, language: 'de', recipientName: 'Maria Linde' }
const url = 'https://ahorn.example/confirm?token=abc&x=1'

const renderings = (props: MailProps) => ({
  'confirm e-mail': renderConfirmEmail({ ...props, url, validHours: 24 }),
  'confirm order': renderConfirmOrder({ ...props, url, validHours: 168, setsPassword: true }),
  'reset password': renderResetPasswordMail({ ...props, url, validHours: 1 }),
  welcome: renderWelcomeMail({ ...props, panelUrl: url }),
  invite: renderInviteMail({ ...props, url, validHours: 72, inviter: 'Johanna Reiter', organisation: 'Café Linde' }),
  'security changed': renderPersonalNewsMail({
    ...props,
    url,
    news: 'factor-removed',
    at: new Date('2026-10-01T10:00:00Z'),
    locale: 'de-AT',
    timeZone: 'Europe/Vienna',
  }),
  'address asked': renderPersonalNewsMail({ ...props, url, news: 'email-asked', newEmail: 'neu@linde.example' }),
  'new address': renderEmailConfirmMail({ ...props, url, validHours: 24 }),
  'server ready': renderServerReadyMail({ ...props, server: 'linde-01', plan: 'Web 1', address: '203.0.113.7', url }),
  'plan migration': renderPlanMigrationMail({
    ...props,
    country: 'AT',
    subscription: 'linde-01',
    fromPlan: 'Web 1',
    toPlan: 'Web 1 Plus',
    date: '2026-07-01',
    current: money(1990n, 'EUR'),
    next: money(2090n, 'EUR'),
    url,
  }),
  'failed payment': renderPayerNewsMail({
    ...props,
    country: 'AT',
    news: { kind: 'failed', amount: money(2380n, 'EUR'), what: 'AH-2026-0007', code: 'expired-card' },
    url,
  }),
  'card that expires': renderPayerNewsMail({
    ...props,
    country: 'AT',
    news: { kind: 'expiry', method: 'Visa 4242', expiresOn: '2026-08-31' },
    url,
  }),
  'card that was replaced': renderPayerNewsMail({
    ...props,
    country: 'AT',
    news: { kind: 'renewed', method: 'Visa 5556', expiresOn: '2029-08-31' },
    url,
  }),
  'card that is gone': renderPayerNewsMail({
    ...props,
    country: 'AT',
    news: { kind: 'withdrawn', method: 'Visa 4242', expiresOn: null },
    url,
  }),
  'subscription reminder': renderSubscriptionReminderMail({
    ...props,
    kind: 'renewal',
    country: 'AT',
    subscription: 'linde-01',
    plan: 'Web 1',
    date: '2026-07-01',
    next: { from: '2026-07-01', through: '2027-06-30', price: money(29880n, 'EUR') },
    url,
  }),
  payout: renderPayoutMail({
    ...props,
    locale: 'de-AT',
    through: '2026-07-05',
    released: money(9700n, 'EUR'),
    payout: money(1700n, 'EUR'),
    paid: { on: '2026-07-20', reference: 'SEPA 4711' },
    url,
  }),
  'file on a schedule': renderExportReadyMail({
    ...props,
    locale: 'de-AT',
    timeZone: 'Europe/Vienna',
    file: { kind: 'focus', month: '2026-06', day: null, rows: 12_345, expiresAt: new Date('2026-07-08T06:00:00Z') },
    url,
  }),
  'failed file on a schedule': renderExportFailedMail({
    ...props,
    locale: 'de-AT',
    file: { kind: 'aging', month: '2026-06', day: '2026-06-30' },
    url,
  }),
  'paused webhook': renderWebhookPausedMail({
    ...props,
    locale: 'de-AT',
    timeZone: 'Europe/Vienna',
    endpoint: 'https://hooks.linde.example/in',
    failingSince: new Date('2026-07-01T06:00:00Z'),
    url,
  }),
  'ticket answered': renderTicketNewsMail({
    ...props,
    kind: 'answered',
    subject: 'Server lahmt',
    name: 'Sam',
    customer: 'Café Linde e.U.',
    body: 'Mehr Speicher.\nJetzt schneller.',
    number: 7,
    hasFiles: true,
    isAnsweredByMail: true,
    url,
  }),
  'order failed': renderTicketNewsMail({
    ...props,
    kind: 'failed',
    customer: 'Café Linde e.U.',
    number: 8,
    hasFiles: false,
    isAnsweredByMail: false,
    url,
  }),
  credit: renderCreditNewsMail({
    ...props,
    locale: 'de-AT',
    news: { kind: 'crossed', step: 'block', customer: 'Café Linde e.U.', exposure: money(20_500n, 'EUR'), limit: money(20_000n, 'EUR') },
    url,
  }),
  dispute: renderDisputeMail({
    ...props,
    locale: 'de-AT',
    customer: 'Café Linde e.U.',
    amount: money(4068n, 'EUR'),
    respondBy: '2026-07-15',
    url,
  }),
  invoice: renderInvoiceMail({
    ...props,
    locale: 'de-AT',
    documentType: 'invoice',
    linkUntil: null,
    number: 'AH-2026-00042',
    total: money(4068n, 'EUR'),
    dueDate: '2026-07-15',
    periodStart: '2026-06-01',
    periodEnd: '2026-07-01',
    payment: 'transfer',
    url,
  }),
})
const kinds = Object.keys(renderings(german)) as (keyof ReturnType<typeof renderings>)[]

describe.each(kinds)('the mail "%s"', (kind) => {
  test("has a subject, a plain text with its link, and HTML in the brand's accent", async () => {
    const mail = await renderings(german)[kind]
    expect(mail.subject).not.toBe('')
    expect(mail.text).toContain('Guten Tag Maria Linde,')
    expect(mail.text).toContain(url)
    expect(mail.html).toContain('#96341f')
    expect(mail.html).toContain('lang="de"')
  })

  test('in Arabic runs right to left', async () => {
    const mail = await renderings({ ...german, language: 'ar' })[kind]
    expect(mail.html).toMatch(/<html[^>]*dir="rtl"/)
    expect(mail.html).toContain('lang="ar"')
    expect(mail.html).not.toContain('text-align:left')
  })

  test('names the seller and nobody else of ours', async () => {
    const { subject, html, text } = await renderings(german)[kind]
    expect(html).toContain('Ahorn Hosting GmbH')
    expect(subject + html + text).not.toMatch(/livery|meridian|lakeside|nakhla|react email/i)
  })

  test('shows hostile names as they are', async () => {
    const hostile = '<img src=x onerror=alert(1)> {{constructor}} $t(ignore) ${7*7}'
    const mail = await renderings({ ...german, recipientName: hostile, brand: { ...ahorn, name: hostile, legalName: hostile } })[kind]
    expect(mail.html).not.toMatch(/<img/i)
    expect(mail.html).toContain('&lt;img src=x onerror=alert(1)&gt; {{constructor}} $t(ignore) ${7*7}')
    expect(mail.text).toContain(hostile)
  })

  test('loads nothing from elsewhere', async () => {
    const { html } = await renderings(german)[kind]
    expect(html).not.toMatch(/<(img|script|iframe|link)\b|url\(/i)
  })
})

test("the seller's logo stands above with its name for who sees no pictures, and another on dark ground", async () => {
  const { html, text } = await renderings({ ...german, brand: { ...ahorn, logo } }).invoice
  const images = html.match(/<img\b[^>]*>/g) ?? []
  expect(images).toHaveLength(2)
  for (const image of images) expect(image).toMatch(/alt="Ahorn Hosting"/)
  expect(images[0]).toMatch(/height="32"/)
  expect(images[0]).toMatch(/width="169"/)
  expect([...html.matchAll(/src="([^"]*)"/g)].map(([, address]) => address).sort()).toEqual([logo.url, logo.darkUrl])
  expect(html).toContain('@media (prefers-color-scheme:dark){.ground,.ground td{background-color:#151312!important')
  expect(text).toMatch(/^Ahorn Hosting https:\/\/ahorn\.example\/\n/)
})

test('the invoice mail says number, amount and due date in subject and text', async () => {
  const mail = await renderings(german).invoice
  expect(mail.subject).toBe('Rechnung AH-2026-00042 von Ahorn Hosting')
  expect(mail.text.replaceAll(/[\u00a0\u202f]/g, ' ')).toContain('Bitte zahlen Sie € 40,68 bis 15. Juli 2026.')
  expect(mail.text).toContain('1.–30. Juni 2026')
})

test('a reminder names the date, the price of the next term and how to stop it', async () => {
  const mail = await renderings(german)['subscription reminder']
  expect(mail.subject).toBe('linde-01 verlängert sich am 1. Juli 2026')
  const text = mail.text.replaceAll(/[\u00a0\u202f]/g, ' ')
  for (const words of ['€ 298,80', '1. Juli 2026 – 30. Juni 2027', 'Verlängerung']) expect(text).toContain(words)
})

test('an invoice paid by card asks for nothing', async () => {
  const mail = await renderInvoiceMail({
    ...german,
    locale: 'de-AT',
    documentType: 'invoice',
    linkUntil: null,
    number: 'AH-2026-00043',
    total: money(12708n, 'EUR'),
    dueDate: '2026-06-05',
    periodStart: '2026-06-05',
    periodEnd: '2026-07-05',
    payment: 'card',
    url,
  })
  expect(mail.text).toContain('von Ihrer Karte ein')
  expect(mail.text).not.toContain('Bitte zahlen')
})

test('a credit note asks for nothing and names no day to pay by', async () => {
  const about = {
    locale: 'de-AT',
    periodStart: '2026-06-01',
    periodEnd: '2026-07-01',
    dueDate: '2026-07-15',
    payment: 'transfer',
    url,
  } as const
  const note = { ...about, documentType: 'credit-note', number: 'AH-GS-2026-00001', total: money(900n, 'EUR'), linkUntil: null } as const
  const mail = await renderInvoiceMail({ ...german, ...note })
  expect(mail.subject).toBe('Gutschrift AH-GS-2026-00001 von Ahorn Hosting')
  expect(mail.text.replaceAll(/[\u00a0\u202f]/g, ' ')).toContain(
    'anbei erhalten Sie Ihre Gutschrift AH-GS-2026-00001. Wir schreiben Ihnen € 9,00 gut',
  )
  expect(mail.text).not.toMatch(/15\. Juli|Bitte zahlen/)
  const linked = await renderInvoiceMail({ ...german, ...note, linkUntil: '2026-08-01' })
  expect(linked.text).toContain('Bis 1. August 2026 öffnen Sie sie')
})

test('the hours of a link are counted in the grammar of the language', async () => {
  expect((await renderings(german)['reset password']).text).toContain('1 Stunde lang')
  expect((await renderings(german)['confirm e-mail']).text).toContain('24 Stunden lang')
})

test('the same mail is the same bytes', async () => {
  expect(await renderings(german).invoice).toEqual(await renderings(german).invoice)
})
