import { connect as connectPlain, isIP, type Socket } from 'node:net'
import { type ConnectionOptions, connect as connectSecure, type TLSSocket } from 'node:tls'
import { lookupWithin } from '#app/config/public-network.server.ts'
import type { LdapSettings } from '#app/domain/people/ldap-settings.ts'
import { DirectoryError, type DirectoryProblem } from '#app/ports/password-directory.ts'

export type LineLimits = { readonly isOpen: (address: string) => boolean; readonly maxBytes: number }

/**
 * The one connection of a conversation. It is opened once: a directory that hangs up is not called again by itself, which would send the next
 * password past what was agreed on encryption. It ends when too much comes, and goes to no address that is closed.
 */
export function guardedLine({ host }: Pick<LdapSettings, 'host'>, { isOpen, maxBytes }: LineLimits) {
  const sockets: Socket[] = []
  let cause: DirectoryError | undefined
  let isOpened = false

  function cut(problem: DirectoryProblem): void {
    cause ??= new DirectoryError(problem)
    for (const socket of sockets) socket.destroy(cause)
  }
  function watched<S extends Socket>(socket: S): S {
    let size = 0
    sockets.push(socket)
    socket.on('data', (part) => {
      size += part.length
      if (size > maxBytes) cut('too-large')
    })
    return socket
  }
  function openOnce(): void {
    if (isOpened) throw new DirectoryError('unreachable')
    isOpened = true
    if (isIP(host) !== 0 && !isOpen(host)) throw new DirectoryError('refused-address')
  }
  const lookup = lookupWithin(isOpen, () => new DirectoryError('refused-address'))

  return {
    cut,
    /** Why the line was cut; undefined while it was not. */
    cause: () => cause,
    plain: ((port: number) => {
      openOnce()
      return watched(connectPlain({ port, host, lookup }))
    }) as typeof connectPlain,
    /** Called with a port to begin encrypted, or with options to go on so on a line that is open. */
    secure: ((first: number | ConnectionOptions, _host?: string, options?: ConnectionOptions): TLSSocket => {
      if (typeof first !== 'number') return watched(connectSecure(first))
      openOnce()
      return watched(connectSecure({ ...options, port: first, host, lookup }))
    }) as typeof connectSecure,
    end(): void {
      for (const socket of sockets) socket.destroy()
    },
  }
}

/** How the directory proves who it is: by a certificate of its name, signed by the seller's authority or by one that everybody knows. */
export function tlsOf({ host, caCertificate }: Pick<LdapSettings, 'host' | 'caCertificate'>): ConnectionOptions {
  return {
    host,
    ...(isIP(host) === 0 ? { servername: host } : {}),
    ...(caCertificate ? { ca: caCertificate } : {}),
    minVersion: 'TLSv1.2',
    rejectUnauthorized: true,
  }
}
