import type { DnsResolver } from '#app/ports/dns-resolver.ts'

/** What dealing with mail domains needs of the outside. */
export type MailDomainPorts = {
  readonly dns: DnsResolver
  /** The domain whose SPF record names the servers that mail leaves from. */
  readonly spfDomain: string
}
