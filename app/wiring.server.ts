import { ecbExchangeRates } from '#app/adapters/exchange-rates/ecb/ecb-source.ts'
import { altchaCheck } from '#app/adapters/human-check/altcha/altcha-check.ts'
import { viesRegistry } from '#app/adapters/tax/vies/vies-registry.ts'
import { httpWebhookSender } from '#app/adapters/webhooks/http-sender.ts'
import { appSecret, environment } from '#app/config/env.server.ts'
import { openSecret, presentKeyId, sealSecret } from '#app/config/secret-box.server.ts'
import { signatureOf } from '#app/config/webhook-signature.server.ts'
import { databaseProblems } from '#app/db/readiness.server.ts'
import type { ExchangeRateSource } from '#app/ports/exchange-rate-source.ts'
import type { HumanCheck } from '#app/ports/human-check.ts'
import type { TaxRegistry } from '#app/ports/tax-registry.ts'
import type { SecretRotation } from '#app/services/secrets/rotate-secrets.server.ts'
import type { WebhookPorts } from '#app/services/webhooks/attempt-delivery.server.ts'
import { forgetBrands } from './wiring/brands.server.ts'
import { closeRenderer } from './wiring/documents.server.ts'
import { forgetFiles } from './wiring/files.server.ts'
import { forgetMailer } from './wiring/mail.server.ts'

// This file and the folder beside it name concrete adapters. Transactions are handed on from here: nothing above app/services knows app/db.
export { type ArchiveEntry, zipStream } from '#app/adapters/archives/zip-stream.ts'
export { BankFileError } from '#app/adapters/banks/bank-file-error.ts'
export { type BankFile, readBankFile } from '#app/adapters/banks/read-bank-file.ts'
export type { PageDeed, SandboxPage } from '#app/adapters/payments/sandbox/pay-desk.ts'
export { type CsvCell, csvLines } from '#app/adapters/sheets/csv-lines.ts'
export { readSheet, type SheetFormat, sheetFormats, writeSheet } from '#app/adapters/sheets/sheet-files.ts'
export { inPanel, inStore, inTenant, type TenantContext } from '#app/db/context.server.ts'
export type { StatementParties } from '#app/db/documents/statements.server.ts'
export { countFailedJobs, type JobRunFilter, type JobRunList, listJobRuns, retryJobRun, suspendJobs } from '#app/jobs/job-runs.server.ts'
export { sampleInvoice, sampleMail } from './wiring/brand-samples.server.ts'
export { brandOf, brandPictureOf, brandPorts, dressAs, forgetBrand, mailBrandOf, mailLocaleOf, senderOf } from './wiring/brands.server.ts'
export { cloudPorts, cloudSecretRow } from './wiring/clouds.server.ts'
export { keepLdapPorts, passwordDirectoryPorts, takesPlainDirectories } from './wiring/directories.server.ts'
export {
  codeSvg,
  documentRenderer,
  eInvoiceWriter,
  electronicOfInvoice,
  mailOfInvoice,
  mailOfStatement,
  pageOfInvoice,
  pageOfPayout,
  pageOfStatement,
  paymentCodeSvg,
} from './wiring/documents.server.ts'
export { domainPorts, mailKeyPorts } from './wiring/domains.server.ts'
export { fileStore, fileStoreAt } from './wiring/files.server.ts'
export {
  gatewayKeepingPorts,
  gatewayPorts,
  sandboxDeskOf,
  sealGatewaySecrets,
} from './wiring/gateways.server.ts'
export { bounceReaders, keptMail, keptMails, mailer, mailReader } from './wiring/mail.server.ts'
export { providerKeepingPorts, signOnAddresses, signOnPorts } from './wiring/sign-on.server.ts'

/** Problems that keep this process from serving, by name; none when it is ready. */
export function readiness(): Promise<string[]> {
  return databaseProblems()
}

/** Seals what is sealed for `row` anew, with the present key. */
export const secretRotation: SecretRotation = {
  keyId: presentKeyId,
  reseal: (ciphertext, row) => sealSecret(openSecret(ciphertext, row), row),
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

/** Ends what this process holds open besides the database, and forgets what it made by its settings. Safe to repeat. */
export function closeAdapters(): Promise<void> {
  forgetFiles()
  forgetMailer()
  forgetBrands()
  return closeRenderer()
}
