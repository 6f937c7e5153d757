import { Resolver } from 'node:dns/promises'
import { type DnsResolver, DnsUnavailableError } from '#app/ports/dns-resolver.ts'

export type NodeResolverOptions = {
  /** Name servers as `address` or `address:port`; none for those of the machine. */
  readonly servers?: readonly string[]
  readonly timeoutMs?: number
}

/** What a server answers when there is nothing at a name. */
const nothingThere = new Set(['ENODATA', 'ENOTFOUND'])

/** Asks name servers by Node's own resolver: no hosts file, no search domains, no cache. */
export function nodeDnsResolver({ servers = [], timeoutMs = 3_000 }: NodeResolverOptions = {}): DnsResolver {
  const resolver = new Resolver({ timeout: timeoutMs, tries: 2 })
  if (servers.length > 0) resolver.setServers(servers)
  return {
    texts: async (name) => (await answered(() => resolver.resolveTxt(name))).map((parts) => parts.join('')),
    aliases: async (name) => (await answered(() => resolver.resolveCname(name))).map((alias) => alias.toLowerCase().replace(/\.$/, '')),
    addresses: async (name) => {
      const [four, six] = await Promise.all([answered(() => resolver.resolve4(name)), answered(() => resolver.resolve6(name))])
      return [...four, ...six]
    },
  }
}

async function answered<T>(ask: () => Promise<T[]>): Promise<T[]> {
  try {
    return await ask()
  } catch (failure) {
    const code = failure instanceof Error && 'code' in failure ? String(failure.code) : ''
    if (nothingThere.has(code)) return []
    throw new DnsUnavailableError(`the name servers did not answer (${code || 'unknown'})`, { cause: failure })
  }
}
