import { fileStore } from '#app/wiring.server.ts'
import { orNotFound } from '../request/refuse.server.ts'

const types: Readonly<Record<string, string>> = { pdf: 'application/pdf', png: 'image/png', jpg: 'image/jpeg' }

/** The paper of a certificate, always as a download: it came from outside. @throws 404 when it is not stored. */
export async function paperResponse({ fileKey, filename }: { readonly fileKey: string; readonly filename: string }): Promise<Response> {
  const content = orNotFound(await fileStore().get(fileKey))
  const suffix = fileKey.slice(fileKey.lastIndexOf('.') + 1)
  return new Response(content as Uint8Array<ArrayBuffer>, {
    headers: {
      'Content-Type': types[suffix] ?? 'application/octet-stream',
      'Content-Disposition': `attachment; filename="${filename.replace(/[^\w.-]/g, '_')}"`,
      'Cache-Control': 'private, no-store',
    },
  })
}
