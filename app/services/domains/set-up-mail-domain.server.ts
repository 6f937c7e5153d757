import { generateKeyPair } from 'node:crypto'
import { promisify } from 'node:util'
import { audit } from '#app/db/audit.server.ts'
import { newId } from '#app/db/ids.server.ts'
import { findMailDomain, insertMailDomain, listMailDomains, type NewMailDomain } from '#app/db/sellers/mail-domains.server.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import type { TenantProcess } from '../tenant-process.server.ts'
import { readStoreHost } from './store-host.ts'

export type MailKeyPorts = {
  /** The installation's own domain: nobody signs for it. */
  readonly baseDomain: string
  /** Seals a private key for the row of a mail domain. */
  seal(privateKey: string, mailDomainId: string): NewMailDomain['secret']
}

export type SetUpMailDomainError = 'mail-domain-unfit' | 'too-many-mail-domains'

const mostDomains = 20
/** Names the key in the seller's name server; tells nothing of who runs the store. */
const selector = 'store'
const makeKeyPair = promisify(generateKeyPair)

/**
 * Makes the key that mails of `domain` are signed with, for this seller alone. A domain that has one keeps it: its record may stand in the
 * name server already.
 */
export async function setUpMailDomain(
  process: TenantProcess<MailKeyPorts>,
  domain: string,
): Promise<Result<{ mailDomainId: string }, SetUpMailDomainError>> {
  const read = readStoreHost(domain, process.ports.baseDomain)
  if (!read.ok) return err('mail-domain-unfit')
  const { host } = read.value
  const known = await process.inTenant((ctx) => findMailDomain(ctx, { domain: host }))
  if (known) return ok({ mailDomainId: known.id })
  // RSA with 2048 bits is what every receiver checks; it takes a moment, outside any transaction.
  const pair = await makeKeyPair('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
  const id = newId()
  const publicKey = Buffer.from(pair.publicKey).toString('base64')
  return process.inTenant(async (ctx) => {
    if ((await listMailDomains(ctx)).length >= mostDomains) return err('too-many-mail-domains')
    const isNew = await insertMailDomain(ctx, { id, domain: host, selector, publicKey, secret: process.ports.seal(pair.privateKey, id) })
    if (isNew) await audit(ctx, { action: 'mail-domain.added', subjectKind: 'mail-domain', subjectId: id, detail: { domain: host } })
    const row = await findMailDomain(ctx, { domain: host })
    invariant(row, `mail domain ${host} is gone`)
    return ok({ mailDomainId: row.id })
  })
}
