import type { RequestHandler } from 'express'
import { storeAddress } from '#app/config/store-address.server.ts'
import { entryOf } from '../server/build-entry.ts'

/** Callers that were given an address and do not follow to another. */
const staysHere = ['/api/', '/webhooks/', '/internal/', '/sign-on/', '/.well-known/acme-challenge/']
/** For so long a browser remembers: the seller may choose another main host. */
const rememberedSeconds = 3_600

/** Leads pages of a seller's other own hosts to its main one, path and query kept. The host below the base domain stays what it is. */
export function toMainHost(build: Parameters<typeof entryOf>[0]): RequestHandler {
  return (request, response, next) => {
    const isReading = request.method === 'GET' || request.method === 'HEAD'
    if (!isReading || staysHere.some((prefix) => request.path.startsWith(prefix))) return next()
    entryOf(build)
      .then(({ findTenant }) => findTenant(request.headers.host))
      .then((tenant) => {
        if (!tenant?.movedTo) return next()
        const { origin } = new URL(storeAddress(tenant.movedTo))
        response.set('Cache-Control', `public, max-age=${rememberedSeconds}`)
        response.redirect(301, `${origin}${pathOf(request.originalUrl)}`)
      })
      .catch(next)
  }
}

/** The path and query as they were sent; never what a second slash would make another host of. */
function pathOf(sent: string): string {
  return sent.startsWith('/') ? sent.replace(/^[/\\]+/, '/') : '/'
}
