import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { nodeDnsResolver } from '#app/adapters/dns/node-resolver.ts'
import { createSellerMailer } from '#app/adapters/mail/seller-mailer.ts'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { openSecret, sealSecret } from '#app/config/secret-box.server.ts'
import { inTenant } from '#app/db/context.server.ts'
import { findMailDomain } from '#app/db/sellers/mail-domains.server.ts'
import type { Mail } from '#app/ports/mailer.ts'
import { checkMailDomain } from '#app/services/domains/check-mail-domain.server.ts'
import { mailIdentityOf } from '#app/services/domains/mail-identity.server.ts'
import { recheckDomains } from '#app/services/domains/recheck-domains.server.ts'
import { setUpMailDomain } from '#app/services/domains/set-up-mail-domain.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { type DnsServer, startDnsServer } from '#tests/support/dns-server.ts'
import { growTenant } from '#tests/support/tree.ts'

let names: DnsServer
let ahorn: string
let lakeside: string

beforeAll(async () => {
  names = await startDnsServer()
  ahorn = await growTenant('ahorn')
  lakeside = await growTenant('lakeside')
})
afterAll(() => names.close())
beforeEach(() => at(1))
afterEach(() => setClock())

const at = (day: number) => setClock(fixedClock(new Date(Date.UTC(2026, 5, day)).toISOString()))
const ports = () => ({
  dns: nodeDnsResolver({ servers: [names.address], timeoutMs: 250 }),
  baseDomain: 'stores.example',
  addresses: [],
  spfDomain: 'spf.stores.example',
})
const keyPorts = {
  baseDomain: 'stores.example',
  seal: (privateKey: string, id: string) => sealSecret(privateKey, `mail_domains/${id}`),
}
const domainOf = (tenantId: string) => inTenant(tenantId, (ctx) => findMailDomain(ctx, { domain: 'ahorn.example' }))

async function setUp(tenantId: string): Promise<string> {
  const result = await setUpMailDomain(processOf(tenantId, keyPorts), 'Ahorn.Example')
  if (!result.ok) throw new Error(result.error)
  return result.value.mailDomainId
}

/** The three records as the office shows them, published. */
async function publish(tenantId: string, id: string): Promise<void> {
  const looked = await checkMailDomain(processOf(tenantId, ports()), id)
  if (!looked.ok) throw new Error(looked.error)
  for (const { name, expected } of looked.value.records) names.set(name, 'TXT', expected)
}

test('mail of a domain is signed once key, senders and policy stand in its name server, and for three days longer', async () => {
  const id = await setUp(ahorn)
  expect(await setUp(ahorn), 'a key that is there stays').toBe(id)
  expect(await mailIdentityOf('ahorn', 'ahorn.example')).toBeNull()

  await publish(ahorn, id)
  expect(await checkMailDomain(processOf(ahorn, ports()), id)).toMatchObject({ ok: true, value: { state: 'active' } })
  const identity = await mailIdentityOf('ahorn', 'ahorn.example')
  expect(identity).toMatchObject({ domain: 'ahorn.example', selector: 'store' })
  // The private key is the one that the record's belongs to, and opens for this row alone.
  const privateKey = openSecret(identity?.secretCiphertext ?? new Uint8Array(), `mail_domains/${id}`)
  expect(() => openSecret(identity?.secretCiphertext ?? new Uint8Array(), 'mail_domains/other')).toThrow()
  expect(createPublicKey(privateKey).export({ type: 'spki', format: 'der' }).toString('base64')).toBe((await domainOf(ahorn))?.publicKey)

  names.set('_dmarc.ahorn.example', 'TXT')
  for (const [day, state] of [
    [10, 'active'],
    [12, 'active'],
    [13, 'failing'],
  ] as const) {
    at(day)
    await recheckDomains(processOf(ahorn, ports()))
    expect([day, (await domainOf(ahorn))?.state]).toEqual([day, state])
  }
  expect(await mailIdentityOf('ahorn', 'ahorn.example')).toBeNull()
})

test('the policy of the registered name counts for a domain below it', async () => {
  const made = await setUpMailDomain(processOf(ahorn, keyPorts), 'mail.birke.example')
  const id = made.ok ? made.value.mailDomainId : ''
  await publish(ahorn, id)
  names.set('_dmarc.mail.birke.example', 'TXT')
  names.set('_dmarc.birke.example', 'TXT', 'v=DMARC1; p=reject')
  expect(await checkMailDomain(processOf(ahorn, ports()), id)).toMatchObject({ ok: true, value: { state: 'active' } })
})

test('what one seller has proven signs for no other, and nobody signs for the installation or a public suffix', async () => {
  const id = await setUp(lakeside)
  expect(await checkMailDomain(processOf(lakeside, ports()), id)).toMatchObject({ ok: true, value: { state: 'verifying' } })
  expect(await mailIdentityOf('lakeside', 'ahorn.example')).toBeNull()
  for (const domain of ['stores.example', 'x.stores.example', 'co.uk', '127.0.0.1', ''])
    expect(await setUpMailDomain(processOf(lakeside, keyPorts), domain)).toEqual({ ok: false, error: 'mail-domain-unfit' })
})

const mail: Mail = {
  key: 'k',
  seller: 'ahorn',
  from: { name: 'Ahorn Hosting', address: 'rechnung@ahorn.example' },
  to: [{ address: 'maria@linde.example' }],
  subject: 'Rechnung',
  html: '<p>Rechnung</p>',
  text: 'Rechnung',
  language: 'de',
  attachments: [],
}

test('until a domain is proven its mails come from the neutral address, in the seller’s name, and answers reach the seller', async () => {
  const sent: Mail[] = []
  const inner = { send: async (one: Mail) => ({ messageId: String(sent.push(one)) }) }
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
  const mailer = createSellerMailer(inner, {
    signatureOf: async (seller, domain) =>
      seller === 'ahorn' && domain === 'proven.example' ? { domain, selector: 'store', privateKey } : null,
    neutralAddress: 'no-reply@stores.example',
  })
  await mailer.send(mail)
  await mailer.send({ ...mail, replyTo: { address: 'hallo@ahorn.example' } })
  await mailer.send({ ...mail, from: { address: 'x@Proven.example' } })
  await mailer.send({ ...mail, seller: 'lakeside', from: { address: 'x@proven.example' } })
  expect(sent.map(({ from, replyTo, signature }) => [from.name, from.address, replyTo?.address, signature?.domain])).toEqual([
    ['Ahorn Hosting', 'no-reply@stores.example', 'rechnung@ahorn.example', undefined],
    ['Ahorn Hosting', 'no-reply@stores.example', 'hallo@ahorn.example', undefined],
    [undefined, 'x@Proven.example', undefined, 'proven.example'],
    [undefined, 'no-reply@stores.example', 'x@proven.example', undefined],
  ])
})
