import type { LoaderFunctionArgs } from '@remix-run/node'
import { devMail } from '#app/web/desks/dev-mail.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'

/** One attachment of a mail. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const { files } = await devMail(request, params.mailId)
  const file = orNotFound(files[Number(params.index)])
  return new Response(file.content as Uint8Array<ArrayBuffer>, {
    headers: {
      'Content-Type': file.contentType,
      'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.filename)}`,
      'Cache-Control': 'private, no-store',
    },
  })
}
