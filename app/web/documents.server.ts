import { fileStore } from '#app/wiring.server.ts'
import { orNotFound } from './refuse.server.ts'

/** A stored PDF as a download. The key comes from a row the reader may see, never from the address. @throws 404 when it is not stored. */
export async function pdfResponse({ fileKey, filename }: { readonly fileKey: string; readonly filename: string }): Promise<Response> {
  const content = orNotFound(await fileStore().get(fileKey))
  const safeName = filename.replace(/[^\w.-]/g, '_')
  return new Response(content as Uint8Array<ArrayBuffer>, {
    headers: {
      'Content-Type': 'application/pdf',
      'Content-Length': String(content.byteLength),
      'Content-Disposition': `attachment; filename="${safeName}"; filename*=UTF-8''${encodeURIComponent(filename)}`,
      'Cache-Control': 'private, no-store',
    },
  })
}
