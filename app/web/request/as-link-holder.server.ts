import { fileStore, inTenant, type TenantContext } from '#app/wiring.server.ts'
import { downloadHeaders, pdfResponse } from '../answers/documents.server.ts'
import { orNotFound } from './refuse.server.ts'
import { tenantOf } from './tenant-of.server.ts'

/** A page behind a secret is kept by nobody, and its address goes nowhere. */
export const headersOfSecrets = {
  'Cache-Control': 'private, no-store',
  'X-Robots-Tag': 'noindex, nofollow',
  'Referrer-Policy': 'no-referrer',
}

/**
 * Runs `read` with the seller's rights for whoever holds a mailed link. The seller is the one of the host, so the link of another seller
 * is nothing here; `read` must find what it returns by the secret alone. @throws 404 when there is nothing behind it.
 */
export async function asLinkHolder<T>(
  request: Request,
  token: string | undefined,
  read: (ctx: TenantContext, secret: string) => Promise<T | undefined>,
): Promise<T> {
  const secret = orNotFound(token && /^[A-Za-z0-9_-]{43}$/.test(token) ? token : null)
  const { tenantId } = await tenantOf(request)
  return orNotFound(await inTenant(tenantId, (ctx) => read(ctx, secret)))
}

/** Whether nobody asked for the document yet: a look at its head, or a browser that fetches ahead. */
export function isLookingAhead({ method, headers }: Request): boolean {
  return method === 'HEAD' || /prefetch|preview/i.test(headers.get('sec-purpose') ?? headers.get('purpose') ?? '')
}

type LinkedFiles = { readonly number: string; readonly pdf: string; readonly xml: string | null }

/** A file of a document that a link leads to, as a download. @throws 404 when there is no such file. */
export async function linkedFile({ number, pdf, xml }: LinkedFiles, file: string | undefined): Promise<Response> {
  if (file === 'pdf') return pdfResponse({ fileKey: pdf, filename: `${number}.pdf` })
  const content = orNotFound(await fileStore().get(orNotFound(file === 'xml' ? xml : null)))
  return new Response(content as Uint8Array<ArrayBuffer>, { headers: downloadHeaders(`${number}.xml`, 'application/xml') })
}
