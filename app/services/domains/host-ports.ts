import type { DnsResolver } from '#app/ports/dns-resolver.ts'
import type { TenantProcess } from '../tenant-process.server.ts'

/** What dealing with hosts needs of the outside. */
export type HostPorts = {
  readonly dns: DnsResolver
  /** Stores answer below it without asking anybody. */
  readonly baseDomain: string
  /** The addresses that stores answer at; none: those of the host below `baseDomain`. */
  readonly addresses: readonly string[]
}

export type HostProcess = TenantProcess<HostPorts>
