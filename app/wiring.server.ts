import { join } from 'node:path'
import { cloudStackUsage } from '#app/adapters/clouds/cloudstack/usage-source.ts'
import { cloudSimulator } from '#app/adapters/clouds/simulator/simulator.ts'
import { createEInvoiceWriter } from '#app/adapters/documents/e-invoice/e-invoice-writer.ts'
import { createTypstRenderer } from '#app/adapters/documents/typst/typst-renderer.ts'
import { ecbExchangeRates } from '#app/adapters/exchange-rates/ecb/ecb-source.ts'
import { createDiskFileStore } from '#app/adapters/files/disk-file-store.ts'
import { altchaCheck } from '#app/adapters/human-check/altcha/altcha-check.ts'
import { deliveryStatusReader } from '#app/adapters/mail/bounces/delivery-status.ts'
import { resendEventReader } from '#app/adapters/mail/bounces/resend-events.ts'
import { createOutboxMailer } from '#app/adapters/mail/outbox-mailer.ts'
import { listMails, type MailSummary, type ReadMail, readMail } from '#app/adapters/mail/outbox-reader.ts'
import { createResendMailer } from '#app/adapters/mail/resend-mailer.ts'
import { createSmtpMailer } from '#app/adapters/mail/smtp-mailer.ts'
import { malformedFields, paymentGateways } from '#app/adapters/payments/gateways.ts'
import { type PageDeed, type SandboxPage, sandboxPayDesk } from '#app/adapters/payments/sandbox/pay-desk.ts'
import { sendToStore } from '#app/adapters/payments/sandbox/send-message.ts'
import { viesRegistry } from '#app/adapters/tax/vies/vies-registry.ts'
import { httpWebhookSender } from '#app/adapters/webhooks/http-sender.ts'
import { type LoadedBrand, loadBrand } from '#app/brand/load-pack.server.ts'
import { rolesOf } from '#app/brand/roles.ts'
import { clock } from '#app/config/clock.server.ts'
import { appSecret, environment } from '#app/config/env.server.ts'
import { openSecret, presentKeyId, sealSecret } from '#app/config/secret-box.server.ts'
import { storeAddress } from '#app/config/store-address.server.ts'
import { signatureOf } from '#app/config/webhook-signature.server.ts'
import { databaseProblems } from '#app/db/readiness.server.ts'
import type { StatementParties } from '#app/db/statements.server.ts'
import type { ElectronicInvoice } from '#app/domain/invoice/electronic-invoice.ts'
import type { FinalisedInvoice } from '#app/domain/invoice/finalised-invoice.ts'
import type { InvoiceDocument } from '#app/domain/invoice/invoice-document.ts'
import { dueAtIssue } from '#app/domain/invoice/issue-settlement.ts'
import type { StatementDocument } from '#app/domain/invoice/statement-document.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import type { Statement } from '#app/domain/statement/statement.ts'
import { addDays, localDateOf } from '#app/domain/time/local-date.ts'
import { electronicInvoice } from '#app/i18n/electronic-invoice.ts'
import { invoiceDocument } from '#app/i18n/invoice-document.ts'
import type { InvoiceFacts } from '#app/i18n/invoice-facts.ts'
import { invoiceFactsOf } from '#app/i18n/invoice-facts-of.ts'
import { type Language, localeOf } from '#app/i18n/languages.ts'
import { payoutFactsOf, type StatedPayout } from '#app/i18n/payout-facts-of.ts'
import { accountStatement, payoutStatement } from '#app/i18n/statement-document.ts'
import { statementFactsOf } from '#app/i18n/statement-facts-of.ts'
import type { BounceReader } from '#app/ports/bounce-reader.ts'
import type { CloudDriver, UsageSource } from '#app/ports/cloud-driver.ts'
import type { DocumentRenderer } from '#app/ports/document-renderer.ts'
import type { EInvoiceWriter } from '#app/ports/e-invoice-writer.ts'
import type { ExchangeRateSource } from '#app/ports/exchange-rate-source.ts'
import type { LargeFileStore } from '#app/ports/file-store.ts'
import type { HumanCheck } from '#app/ports/human-check.ts'
import type { MailReader } from '#app/ports/invoice-composer.ts'
import type { Mail, Mailer } from '#app/ports/mailer.ts'
import type { GatewayAccount, PaymentGateways } from '#app/ports/payment-gateway.ts'
import type { TaxRegistry } from '#app/ports/tax-registry.ts'
import type { CloudPorts, ConnectedCloud } from '#app/services/clouds/cloud-ports.ts'
import type { GatewayPorts } from '#app/services/gateways/gateway-ports.server.ts'
import type { KeepingPorts } from '#app/services/gateways/keep-gateway.server.ts'
import type { SecretRotation } from '#app/services/secrets/rotate-secrets.server.ts'
import type { WebhookPorts } from '#app/services/webhooks/attempt-delivery.server.ts'

export { type ArchiveEntry, zipStream } from '#app/adapters/archives/zip-stream.ts'
export { BankFileError } from '#app/adapters/banks/bank-file-error.ts'
export { type BankFile, readBankFile } from '#app/adapters/banks/read-bank-file.ts'
export { type CsvCell, csvLines } from '#app/adapters/sheets/csv-lines.ts'
export { readSheet, type SheetFormat, sheetFormats, writeSheet } from '#app/adapters/sheets/sheet-files.ts'
export { inPanel, inStore, inTenant, type TenantContext } from '#app/db/context.server.ts'
// The one file that names concrete adapters. Transactions are handed on from here: nothing above app/services knows app/db.
export type { StatementParties } from '#app/db/statements.server.ts'
export { countFailedJobs, type JobRunFilter, type JobRunList, listJobRuns, retryJobRun, suspendJobs } from '#app/jobs/job-runs.server.ts'
export type { PageDeed, SandboxPage }

/** Problems that keep this process from serving, by name; none when it is ready. */
export function readiness(): Promise<string[]> {
  return databaseProblems()
}

/** Seals what is sealed for `row` anew, with the present key. */
export const secretRotation: SecretRotation = {
  keyId: presentKeyId,
  reseal: (ciphertext, row) => sealSecret(openSecret(ciphertext, row), row),
}

/** What a sealed cloud secret is bound to: the row it belongs to. */
export function cloudSecretRow(connectionId: string): string {
  return `cloud_connections/${connectionId}`
}

/** Reaches the clouds that connections name. */
export const cloudPorts: CloudPorts = { usageOf, driverFor }

function usageOf(connection: ConnectedCloud): UsageSource {
  if (connection.adapter === 'simulator') return simulatorOf(connection)
  invariant(connection.adapter === 'cloudstack', `a connection by ${connection.adapter} has no metering of its own`)
  const { id, endpoint, apiKey, secretCiphertext } = connection
  invariant(apiKey && secretCiphertext, `cloud connection ${id} has no credentials`)
  return cloudStackUsage({ cloud: id, endpoint, apiKey, secretKey: openSecret(secretCiphertext, cloudSecretRow(id)) }, { clock })
}

function driverFor(connection: ConnectedCloud): CloudDriver {
  invariant(connection.adapter === 'simulator', `a connection by ${connection.adapter} cannot run servers`)
  return simulatorOf(connection)
}

/** Every process with the same data folder sees the same simulated cloud. */
function simulatorOf(connection: ConnectedCloud): CloudDriver {
  return cloudSimulator({ clock, dataDirectory: join(environment().LIVERY_DATA_DIR, 'simulator', connection.id) })
}

/** The brand of a seller. @throws InvariantError when no pack ships for it. */
export function brandOf(slug: string): LoadedBrand {
  const brand = loadBrand(slug)
  invariant(brand, `no brand pack ships for ${slug}`)
  return brand
}

/** What a finalised invoice says, as its seller's brand and its buyer's language say it. */
export function factsOfInvoice(invoice: FinalisedInvoice): InvoiceFacts {
  const { slug, issuer } = invoice.seller
  const { pack, logoSvg } = brandOf(slug)
  const legal = issuer ? brandOf(issuer.slug).pack.seller : pack.seller
  const seller = { ...legal, legalName: invoice.seller.legalName, brand: { name: pack.name, accent: pack.look.accent, logoSvg } }
  return invoiceFactsOf(invoice, { seller, languages: pack.languages })
}

/** The page of a finalised invoice. */
export function pageOfInvoice(invoice: FinalisedInvoice): InvoiceDocument {
  return invoiceDocument(factsOfInvoice(invoice))
}

/** A statement of account as a page, in the buyer's language when the seller speaks it. */
export function pageOfStatement(statement: Statement, { seller, buyer }: StatementParties): StatementDocument {
  const { pack, logoSvg } = brandOf(seller.slug)
  const look = { ...pack.seller, legalName: seller.legalName, brand: { name: pack.name, accent: pack.look.accent, logoSvg } }
  return accountStatement(statementFactsOf(statement, { seller: look, languages: pack.languages, zone: seller.timeZone, buyer }))
}

/** What a reseller is paid and why, as a page. */
export function pageOfPayout({
  parties: { seller, buyer },
  ...stated
}: StatedPayout & { readonly parties: StatementParties }): StatementDocument {
  const { pack, logoSvg } = brandOf(seller.slug)
  const look = { ...pack.seller, legalName: seller.legalName, brand: { name: pack.name, accent: pack.look.accent, logoSvg } }
  return payoutStatement(payoutFactsOf(stated, { seller: look, languages: pack.languages, zone: seller.timeZone, buyer }))
}

/** A finalised invoice for machines. */
export function electronicOfInvoice(invoice: FinalisedInvoice): ElectronicInvoice {
  return electronicInvoice(invoice, factsOfInvoice(invoice))
}

/** Writes documents for machines. */
export const eInvoiceWriter: EInvoiceWriter = createEInvoiceWriter()

/** What the mail with a finalised document says to its reader; `host` is the seller's store. */
export function mailOfInvoice(invoice: FinalisedInvoice, { host, reader }: { readonly host: string; readonly reader: MailReader }) {
  const facts = factsOfInvoice({ ...invoice, language: reader.language ?? invoice.language })
  const { language, seller, documentType, number, total, dueDate, periodStart, periodEnd, payment } = facts
  return {
    brand: { ...mailBrandOf(invoice.seller.slug, host), ...(invoice.seller.issuer ? senderFacts(seller) : {}) },
    language,
    locale: localeOf(language, seller.address.country),
    recipientName: reader.name,
    documentType,
    number,
    total,
    due: dueAtIssue(invoice),
    dueDate,
    periodStart,
    periodEnd,
    payment,
    url: storeAddress(host, reader.link ? `/documents/${reader.link.token}` : `/panel/invoices/${invoice.id}`),
    linkUntil: reader.link && localDateOf(reader.link.expiresAt, invoice.seller.timeZone),
  }
}

/** What the mail with a statement says to its reader; `host` is the seller's store. */
export function mailOfStatement(
  statement: Statement,
  { seller, buyer }: StatementParties,
  { host, recipientName }: { readonly host: string; readonly recipientName: string },
) {
  const { pack } = brandOf(seller.slug)
  const language = pack.languages.find((offered) => offered === buyer.language) ?? pack.languages[0]
  const { start, end, opening, closing, currency } = statement
  const days = new URLSearchParams({ from: start, to: addDays(end, -1), currency })
  return {
    brand: mailBrandOf(seller.slug, host),
    language,
    locale: localeOf(language, pack.seller.address.country),
    recipientName,
    start,
    end,
    opening,
    closing,
    url: storeAddress(host, `/panel/statement?${days}`),
  }
}

/** What a mail wears of its seller, as plain values. */
export function mailBrandOf(slug: string, host: string) {
  const { pack } = brandOf(slug)
  const roles = rolesOf(pack.look, 'light')
  const { accent, bg, surface, border, text, muted } = roles
  return {
    name: pack.name,
    ...senderFacts(pack.seller),
    email: pack.seller.email,
    storeUrl: storeAddress(host),
    radius: pack.look.radius,
    colours: { accent, accentFg: roles['accent-fg'], bg, surface, border, text, muted },
  }
}

/** Who answers for a mail by law: named in its foot. */
function senderFacts({ legalName, address }: Pick<InvoiceFacts['seller'], 'legalName' | 'address'>) {
  const { street, postalCode, city } = address
  return { legalName, address: `${street}, ${[postalCode, city].filter(Boolean).join(' ')}` }
}

/** How a seller's mails in `language` write days and money. */
export function mailLocaleOf(slug: string, language: Language): string {
  return localeOf(language, brandOf(slug).pack.seller.address.country)
}

/** Whom a seller's mails come from. */
export function senderOf(slug: string): Pick<Mail, 'from' | 'replyTo'> {
  const { fromName: name, fromAddress: address, replyTo } = brandOf(slug).pack.mail
  return { from: { name, address }, ...(replyTo ? { replyTo: { address: replyTo } } : {}) }
}

let renderer: DocumentRenderer | undefined
let files: LargeFileStore | undefined
let transport: Mailer | undefined

/** Typesets documents; in processes beside this one, started as documents come. */
export function documentRenderer(): DocumentRenderer {
  renderer ??= createTypstRenderer()
  return renderer
}

/** Where finished documents lie: `files` in the data folder, which web and workers share. */
export function fileStore(): LargeFileStore {
  files ??= createDiskFileStore({ root: join(environment().LIVERY_DATA_DIR, 'files') })
  return files
}

/** Where exchange rates come from; undefined while rates are entered by hand alone. */
export function exchangeRateSource(): ExchangeRateSource | undefined {
  const { EXCHANGE_RATES_URL: location } = environment()
  return location ? ecbExchangeRates(location) : undefined
}

/** Confirms VAT ids; undefined while they are judged by their form alone. */
export function taxRegistry(): TaxRegistry | undefined {
  const { VIES_URL: location } = environment()
  return location ? viesRegistry(location) : undefined
}

/** How mail leaves, by MAIL_TRANSPORT. */
export function mailer(): Mailer {
  transport ??= createMailer()
  return transport
}

function createMailer(): Mailer {
  const { MAIL_TRANSPORT: kind, SMTP_URL: url, RESEND_API_KEY: apiKey, RESEND_BASE_URL: baseUrl } = environment()
  if (kind === 'smtp' && url) return createSmtpMailer({ url, clock })
  if (kind === 'resend' && apiKey) return createResendMailer({ apiKey, ...(baseUrl ? { baseUrl } : {}) })
  return createOutboxMailer({ directory: outboxDirectory(), clock })
}

/** What slows down who opens accounts by the thousand. */
export function humanCheck(): HumanCheck {
  return altchaCheck(appSecret())
}

/** Seals the secret of a webhook endpoint for its row. */
export function sealWebhookSecret(plain: string, endpointId: string) {
  return sealSecret(plain, webhookSecretRow(endpointId))
}

/** What telling endpoints of events needs of the outside. */
export function webhookPorts(): WebhookPorts {
  return {
    sender: httpWebhookSender(),
    openSecret: (ciphertext, endpointId) => openSecret(ciphertext, webhookSecretRow(endpointId)),
    sign: signatureOf,
  }
}

function webhookSecretRow(endpointId: string): string {
  return `webhook_endpoints/${endpointId}`
}

/** Reaches the payment gateways that accounts of sellers name. */
export function gatewayPorts(): GatewayPorts {
  return { gateways: gateways(), openSecrets: openGatewaySecrets, storeAddress }
}

function gateways(): PaymentGateways {
  const { STRIPE_BASE_URL: stripeUrl, PAYPAL_BASE_URL: paypalUrl } = environment()
  return paymentGateways({ clock, stripeUrl, paypalUrl, sandboxDirectory })
}

/** Every process with the same data folder sees the same sandbox. */
function sandboxDirectory(gatewayAccountId: string): string {
  return join(environment().LIVERY_DATA_DIR, 'sandbox-gateway', gatewayAccountId)
}

type SealedAccount = Omit<GatewayAccount, 'secrets'> & { readonly secretCiphertext: Uint8Array }

/** The payer's side of a sandbox account. */
export function sandboxDeskOf({ secretCiphertext, ...facts }: SealedAccount) {
  const account = { ...facts, secrets: openGatewaySecrets(secretCiphertext, facts.id) }
  return sandboxPayDesk({ account, send: sendToStore, clock, dataDirectory: sandboxDirectory(account.id) })
}

/** What keeping gateway accounts needs of the outside. */
export function gatewayKeepingPorts(): KeepingPorts {
  return { ...gatewayPorts(), seal: sealGatewaySecrets, malformedFields }
}

/** Seals the secrets of a gateway account for its row. */
export function sealGatewaySecrets(secrets: Readonly<Record<string, string>>, gatewayAccountId: string) {
  return sealSecret(JSON.stringify(secrets), gatewaySecretRow(gatewayAccountId))
}

function openGatewaySecrets(ciphertext: Uint8Array, gatewayAccountId: string): Readonly<Record<string, string>> {
  return JSON.parse(openSecret(ciphertext, gatewaySecretRow(gatewayAccountId)))
}

function gatewaySecretRow(gatewayAccountId: string): string {
  return `gateway_accounts/${gatewayAccountId}`
}

/** Reads mail that came back, by the door it comes in at. */
export const bounceReaders = { returned: deliveryStatusReader, resend: resendEventReader } as const satisfies Record<string, BounceReader>

/** The mails the outbox keeps, newest first; empty when mail leaves for real. */
export function keptMails(): Promise<MailSummary[]> {
  return environment().MAIL_TRANSPORT === 'outbox' ? listMails(outboxDirectory()) : Promise.resolve([])
}

/** One mail of the outbox; undefined for an unknown id, or when mail leaves for real. */
export function keptMail(id: string): Promise<ReadMail | undefined> {
  return environment().MAIL_TRANSPORT === 'outbox' ? readMail(outboxDirectory(), id) : Promise.resolve(undefined)
}

function outboxDirectory(): string {
  return join(environment().LIVERY_DATA_DIR, 'mail')
}

/** Ends what this process holds open besides the database. Safe to repeat. */
export async function closeAdapters(): Promise<void> {
  const open = renderer
  renderer = undefined
  await open?.close()
}
