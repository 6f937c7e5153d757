import { nodeDnsResolver } from '#app/adapters/dns/node-resolver.ts'
import { environment } from '#app/config/env.server.ts'
import { sealSecret } from '#app/config/secret-box.server.ts'
import type { HostPorts } from '#app/services/domains/host-ports.ts'
import type { MailDomainPorts } from '#app/services/domains/mail-ports.ts'
import type { MailKeyPorts } from '#app/services/domains/set-up-mail-domain.server.ts'
import { mailDomainRow } from './mail.server.ts'

/** What looking after the hosts and mail domains of sellers needs of the outside. */
export function domainPorts(): HostPorts & MailDomainPorts {
  const { BASE_DOMAIN: baseDomain, STORE_ADDRESSES: addresses = [], DNS_SERVERS: servers = [], MAIL_SPF_DOMAIN: spfDomain } = environment()
  return { dns: nodeDnsResolver({ servers }), baseDomain, addresses, spfDomain: spfDomain ?? baseDomain }
}

/** What making the key of a mail domain needs. */
export function mailKeyPorts(): MailKeyPorts {
  return { baseDomain: environment().BASE_DOMAIN, seal: (privateKey, id) => sealSecret(privateKey, mailDomainRow(id)) }
}
