import { afterEach, beforeAll, expect, test } from 'vitest'
import { startAuthenticator } from '#app/auth/authenticator.server.ts'
import { hashPassword } from '#app/auth/password.server.ts'
import { setClock } from '#app/config/clock.server.ts'
import { readDocumentDraft } from '#app/db/documents/document-drafts.server.ts'
import { newId } from '#app/db/ids.server.ts'
import { insertGatewayAccount, listGatewayAccounts } from '#app/db/payments/gateway-accounts.server.ts'
import { findGatewayEvent, keepGatewayEvent } from '#app/db/payments/gateway-events.server.ts'
import { keepExchanges } from '#app/db/payments/gateway-exchanges.server.ts'
import { customerRefOf, keepPaymentMethod, listPaymentMethods, methodsNamed } from '#app/db/payments/payment-methods.server.ts'
import { eraseAccount } from '#app/db/people/account-closings.server.ts'
import { findAccount } from '#app/db/people/accounts.server.ts'
import { insertIdentity, listIdentities, lockIdentity } from '#app/db/people/external-identities.server.ts'
import { insertIdentityProvider } from '#app/db/people/identity-providers.server.ts'
import { sealField } from '#app/db/sealing/sealed-fields.server.ts'
import { deliveryPorts } from '#app/jobs/delivery-ports.server.ts'
import { readDataHistory } from '#app/reports/account-profile/history.server.ts'
import { listExchanges } from '#app/reports/payments/exchanges.server.ts'
import { readAccountTax } from '#app/reports/tax/account.server.ts'
import { changeAccountData } from '#app/services/accounts/change-account-data.server.ts'
import { readConnection } from '#app/services/clouds/cloud-ports.ts'
import { storeInvoicePdf } from '#app/services/invoices/deliver-store-document.server.ts'
import { startDraft } from '#app/services/invoices/start-draft.server.ts'
import { changeProfile, ownProfile } from '#app/services/people/change-profile.server.ts'
import { importBankStatement } from '#app/services/reconciliation/import-bank-statement.server.ts'
import { suggestMatches } from '#app/services/reconciliation/suggest-matches.server.ts'
import { confirmVatId } from '#app/services/tax/confirm-vat-id.server.ts'
import { saveBankDetails } from '#app/services/tenancy/save-bank-details.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { addEndpoint } from '#app/services/webhooks/keep-endpoint.server.ts'
import { fileStore, sealGatewaySecrets, sealWebhookSecret } from '#app/wiring.server.ts'
import { register } from '#tests/integration/auth/store-people.ts'
import { billMonth, invoicesOf } from '#tests/support/billing.ts'
import { asOffice, buildAccount, buildCharges, buildContract, buildPriceBook } from '#tests/support/builders.ts'
import { asAdmin, wordsInDump, wordsInFiles } from '#tests/support/dump.ts'
import { eur, receive } from '#tests/support/payments.ts'
import { growTenant } from '#tests/support/tree.ts'

/** One recognisable word for each thing that must not stand in plain. */
const word = {
  address: 'kanarienvogelgasse 17',
  formerAddress: 'zaunkoenigweg 3',
  phone: '+43 1 77712345',
  customer: 'cus_kanarienvogel',
  method: 'pm_kanarienvogel',
  toldCustomer: 'cus_zaunkoenig',
  cloudKey: 'cloudkey-kanarienvogel',
  gatewaySecret: 'sk_test_kanarienvogel',
  webhookSecret: 'whsec_kanarienvogel',
  payload: 'payload-kanarienvogel',
  said: 'said-kanarienvogel',
  register: 'registergasse-kanarienvogel',
  password: 'ein kanarienvogel im wind',
  payerIban: 'AT611904300234573201',
  bankText: 'zahlung-kanarienvogel',
  merchant: 'acct_kanarienvogel',
  atDirectory: 'subject-kanarienvogel',
} as const

/** A payer that is known by its account pays again. */
async function plantBank(accountId: string) {
  const iban = 'DE89370400440532013000'
  const counterparty = { name: 'B. Birke', iban: word.payerIban }
  await receive(tenantId, accountId, 100n, { payer: counterparty, receivedOn: '2026-06-30' })
  const amount = eur(2_000n)
  const entry = { bookedOn: '2026-06-30', amount, reference: null, text: word.bankText, counterparty, bankReference: null } as const
  const statement = {
    account: iban,
    number: '1',
    currency: 'EUR',
    fromDay: '2026-06-30',
    toDay: '2026-06-30',
    balances: null,
    entries: [entry],
  } as const
  await office((ctx) => saveBankDetails(ctx, { holder: 'Ahorn', bankName: 'Bank', iban, bic: '', qrIban: '' }))
  const file = { fileName: 'july.xml', hash: 'first', format: 'camt.053', statements: [statement] } as const
  expect((await office((ctx) => importBankStatement(ctx, file))).ok).toBe(true)
}

let tenantId: string
const office = <T>(work: Parameters<typeof asOffice<T>>[1]) => asOffice(tenantId, work)
beforeAll(async () => {
  tenantId = await growTenant('ahorn')
})
afterEach(() => setClock())

async function plantPerson() {
  const passwordHash = await hashPassword(word.password)
  const facts = {
    kind: 'business',
    companyName: 'Linde GmbH',
    vatId: 'ATU13585627',
    addressLines: [word.formerAddress, '1010 Wien'],
  } as const
  const person = await register(tenantId, 'lena@linde.example', { ...facts, passwordHash })
  const { accountId, userId } = person
  const data = { accountId, name: 'Linde GmbH', email: 'lena@linde.example', language: 'de', country: 'AT', vatId: 'ATU13585627' }
  expect((await office((ctx) => changeAccountData(ctx, { ...data, addressLines: [word.address, '1010 Wien'] }))).ok).toBe(true)
  const profile = { userId, name: 'Lena', phone: word.phone, language: 'de', timeZone: 'Europe/Vienna' }
  expect((await office((ctx) => changeProfile(ctx, profile))).ok).toBe(true)
  expect((await startAuthenticator({ tenantId, userId } as Parameters<typeof startAuthenticator>[0], word.password)).ok).toBe(true)
  return person
}

async function plantDocuments() {
  const accountId = await buildAccount(tenantId, { country: 'AT' })
  const data = { accountId, name: 'Birke GmbH', email: 'office@birke.example', language: 'de', country: 'AT', vatId: null }
  expect((await office((ctx) => changeAccountData(ctx, { ...data, addressLines: [word.address, '1010 Wien'] }))).ok).toBe(true)
  const book = await buildPriceBook(tenantId, [{ feeKind: 'usage', price: '0.15', meter: 'traffic.sent' }])
  const contractId = await buildContract(tenantId, { accountId, priceBookId: book.priceBookId })
  const usage = {
    accountId,
    contractId,
    priceVersionId: book.priceVersionId,
    billingPeriod: '2026-06-01',
    priceRuleId: book.ruleIds[0] ?? '',
  }
  await buildCharges(tenantId, [{ ...usage, meter: 'traffic.sent', unitPrice: '0.15', quantity: '60', amount: '9' }])
  expect(await billMonth(tenantId, '2026-06', '2026-07-01T06:00:00Z')).toBe(1)
  const draft = await office((ctx) => startDraft(ctx, { accountId, documentType: 'invoice' }))
  if (!draft.ok) throw new Error(draft.error)
  await plantBank(accountId)
  return draft.value.draftId
}

async function plantGateway(accountId: string) {
  const gatewayAccountId = newId()
  const secret = sealGatewaySecrets({ webhookSecret: word.webhookSecret, secretKey: word.gatewaySecret }, gatewayAccountId)
  const facts = { id: gatewayAccountId, gateway: 'sandbox', name: 'Test', mode: 'test', externalId: word.merchant, settings: {} } as const
  const method = { kind: 'card', ref: word.method, customerRef: word.customer, label: 'Visa', lastDigits: '4242', expiresOn: null } as const
  return office(async (ctx) => {
    await insertGatewayAccount(ctx, { ...facts, secret })
    const kept = { accountId, gatewayAccountId, method }
    const methodId = await keepPaymentMethod(ctx, kept)
    expect(await keepPaymentMethod(ctx, kept), 'told again').toBe(methodId)
    const event = { id: 'evt_1', type: 'method.changed', about: { kind: 'method', ref: word.method } } as unknown as Parameters<
      typeof keepGatewayEvent
    >[1]['event']
    const eventId = await keepGatewayEvent(ctx, { gatewayAccountId, event, payload: `{"note":"${word.payload}"}` })
    const exchange = {
      operation: 'payments',
      method: 'POST',
      path: `/v1/customers/${word.toldCustomer}`,
      status: 200,
      problem: null,
      durationMs: 3,
      at: ctx.now,
    }
    await keepExchanges(ctx, { gatewayAccountId, attemptId: null }, [
      { ...exchange, request: `{"customer":"${word.toldCustomer}"}`, answer: `{"note":"${word.said}"}` },
    ])
    await addEndpoint(ctx, { accountId: null, url: 'https://hooks.example', eventTypes: ['invoice.paid'] }, (_, id) =>
      sealWebhookSecret(word.webhookSecret, id),
    )
    return { gatewayAccountId, methodId, eventId: eventId ?? '' }
  })
}

async function plantDirectory(userId: string) {
  const providerId = newId()
  const rules = { createsPeople: true, emailDomains: ['linde.example'], withoutGroup: 'refuse', isSecondFactor: false } as const
  const nobody = { defaultProfileId: null, defaultAccountId: null, settings: {}, secret: null }
  await office(async (ctx) => {
    await insertIdentityProvider(ctx, { id: providerId, kind: 'oidc', name: 'Directory', audience: 'customers', ...rules, ...nobody })
    const identity = { providerId, userId, subject: word.atDirectory, email: 'lena@linde.example' }
    expect(await insertIdentity(ctx, identity)).not.toBeNull()
    expect(await insertIdentity(ctx, { ...identity, userId: newId() }), 'a name at a directory is one person').toBeNull()
  })
  return providerId
}

async function plantCloud() {
  const id = newId()
  const facts = { name: 'Frankfurt', adapter: 'cloudstack', endpoint: 'https://cloud.example', billedServerMeter: 'running' }
  await office(async (ctx) => {
    const apiKey = sealField(ctx, 'cloud_connections.api_key', id, word.cloudKey)
    await ctx.db.cloudConnection.createMany({ data: [{ tenantId, id, apiKey, ...facts, createdAt: ctx.now }] })
  })
  return id
}

const registry = {
  name: 'test',
  prefixes: ['AT'],
  check: async () => ({
    isValid: true,
    consultationNumber: 'C1',
    registeredName: 'Linde GmbH',
    registeredAddress: word.register,
    raw: `<address>${word.register}</address>`,
  }),
}

test('a dump of the database and a copy of the files tell no address, telephone, gateway id, credential or password; the product reads them all', async () => {
  const { accountId, userId } = await plantPerson()
  const draftId = await plantDocuments()
  const { gatewayAccountId, methodId, eventId } = await plantGateway(accountId)
  const cloudId = await plantCloud()
  const providerId = await plantDirectory(userId)
  expect(await confirmVatId(processOf(tenantId, { registry }), { accountId })).toEqual({ ok: true, value: 'valid' })

  const [invoice] = await invoicesOf(tenantId)
  expect((await storeInvoicePdf(processOf(tenantId, deliveryPorts(tenantId)), { invoiceId: invoice?.id ?? '' })).ok).toBe(true)

  expect(await wordsInDump([...Object.values(word), 'Birke GmbH']), 'the dump is read').toEqual(
    expect.arrayContaining(['accounts.name: Birke GmbH', 'invoices.buyer: Birke GmbH']),
  )
  expect(await wordsInDump(Object.values(word))).toEqual([])
  expect(await wordsInFiles([...Object.values(word), '%PDF-', '<ram:'])).toEqual({ files: 2, found: [] })

  expect(invoice?.buyer.addressLines).toEqual([word.address, '1010 Wien'])
  const xml = await fileStore().get(`invoices/${tenantId}/${invoice?.id}.xml`)
  expect(Buffer.from(xml ?? []).toString()).toContain(word.address)
  await office(async (ctx) => {
    expect((await findAccount(ctx, accountId))?.addressLines).toEqual([word.address, '1010 Wien'])
    expect((await ownProfile(ctx, userId))?.phone).toBe(word.phone)
    const [change] = await readDataHistory(ctx, { accountId, namesSeller: true })
    expect(change?.changes).toEqual([
      { field: 'addressLines', before: `${word.formerAddress}, 1010 Wien`, after: `${word.address}, 1010 Wien` },
    ])
    expect((await readDocumentDraft(ctx, draftId))?.content.buyer.addressLines).toEqual([word.address, '1010 Wien'])
    expect(await listGatewayAccounts(ctx)).toMatchObject([{ externalId: word.merchant }])
    expect(await lockIdentity(ctx, { providerId, subject: word.atDirectory })).toMatchObject({ userId })
    expect(await lockIdentity(ctx, { providerId, subject: 'somebody else' })).toBeNull()
    expect(await listIdentities(ctx, providerId)).toMatchObject([{ subject: word.atDirectory }])
    const named = { id: methodId, methodRef: word.method, customerRef: word.customer }
    expect(await listPaymentMethods(ctx, accountId)).toMatchObject([named])
    expect(await methodsNamed(ctx, { gatewayAccountId, methodRef: word.method })).toMatchObject([named])
    expect(await methodsNamed(ctx, { gatewayAccountId, methodRef: 'pm_other' })).toEqual([])
    expect(await customerRefOf(ctx, { accountId, gatewayAccountId })).toBe(word.customer)
    expect((await findGatewayEvent(ctx, eventId))?.about).toEqual({ kind: 'method', ref: word.method })
    expect((await readConnection(ctx, cloudId))?.apiKey).toBe(word.cloudKey)
    const exchanges = (text: string) =>
      listExchanges(ctx, { result: null, text, attemptId: null, from: null, before: null }, { cursor: null, limit: 10 })
    expect((await exchanges(word.said.toUpperCase())).rows).toMatchObject([{ answer: `{"note":"${word.said}"}` }])
    expect((await exchanges('nothing of it')).rows).toEqual([])
    const [waiting] = await suggestMatches(ctx, { after: null, limit: 5 })
    expect(waiting?.entry).toMatchObject({ text: word.bankText, counterparty: { iban: word.payerIban } })
    expect(waiting?.suggestions[0]?.reasons).toContain('payer-account')
    expect((await readAccountTax(ctx, accountId))?.checks).toMatchObject([{ registeredAddress: word.register }])
  })
})

test('what is sealed for one row opens in no other, and in no other tenant', async () => {
  const [one, other] = [await register(tenantId, 'one@linde.example'), await register(tenantId, 'other@linde.example')]
  await asAdmin((client) =>
    client.query('update accounts set address_lines = (select address_lines from accounts where id = $1) where id = $2', [
      one.accountId,
      other.accountId,
    ]),
  )
  expect((await office((ctx) => findAccount(ctx, one.accountId)))?.addressLines).toEqual(['Gasse 1', '1010 Wien'])
  await expect(office((ctx) => findAccount(ctx, other.accountId))).rejects.toThrow()
})

test('with an erased account goes what its address was, in the trail too', async () => {
  const { accountId } = await register(tenantId, 'erased@linde.example')
  const data = { accountId, name: 'Erle', email: 'erased@linde.example', language: 'de', country: 'AT', vatId: null }
  expect((await office((ctx) => changeAccountData(ctx, { ...data, addressLines: ['Erlenweg 1'] }))).ok).toBe(true)
  const changes = () => office((ctx) => readDataHistory(ctx, { accountId, namesSeller: true }))
  expect((await changes())[0]?.changes).toContainEqual({ field: 'addressLines', before: 'Gasse 1, 1010 Wien', after: 'Erlenweg 1' })
  await office((ctx) => eraseAccount(ctx, { id: newId(), accountIds: [accountId] }))
  expect((await changes())[0]?.changes).toContainEqual({ field: 'addressLines', before: '', after: '' })
  expect((await office((ctx) => findAccount(ctx, accountId)))?.addressLines).toEqual([])
})
