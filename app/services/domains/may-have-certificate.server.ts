import { isProvenHost } from '#app/db/sellers/hosts.server.ts'

/** Whether a certificate may be fetched for `host`: it was proven, and its proof still stands. Compared letter by letter; asks no name server. */
export function mayHaveCertificate(host: string): Promise<boolean> {
  return isProvenHost(host)
}
