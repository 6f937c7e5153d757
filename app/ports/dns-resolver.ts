/** The name servers gave no answer, or none that counts: nothing is known about the name. */
export class DnsUnavailableError extends Error {
  override name = 'DnsUnavailableError'
}

/**
 * Asks name servers. A name that does not exist, or has no such record, answers with an empty list; what they say is a stranger's text.
 * @throws DnsUnavailableError when they do not answer.
 */
export interface DnsResolver {
  /** The TXT records at `name`, each in one piece. */
  texts(name: string): Promise<readonly string[]>
  /** What `name` is an alias of, in lower case without a dot at the end. */
  aliases(name: string): Promise<readonly string[]>
  /** The IPv4 and IPv6 addresses `name` leads to, aliases followed, in their shortest spelling. */
  addresses(name: string): Promise<readonly string[]>
}
