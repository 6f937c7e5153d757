import { type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { readLinkedExport } from '#app/reports/exports/list.server.ts'
import { asLinkHolder } from '#app/web/as-link-holder.server.ts'
import { keptFile } from '#app/web/file-responses.server.ts'

/** A file behind a mailed link; an expired link leads to the page that says so. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const { isExpired, fileKey, filename } = await asLinkHolder(request, params.token, readLinkedExport)
  return isExpired ? redirect(`/exports/${params.token}`) : keptFile(fileKey, filename)
}
