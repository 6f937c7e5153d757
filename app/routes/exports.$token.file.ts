import { type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { readLinkedExport } from '#app/reports/exports/list.server.ts'
import { keptFile } from '#app/web/answers/file-responses.server.ts'
import { asLinkHolder } from '#app/web/request/as-link-holder.server.ts'

/** A file behind a mailed link; an expired link leads to the page that says so. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const { isExpired, fileKey, filename } = await asLinkHolder(request, params.token, readLinkedExport)
  return isExpired ? redirect(`/exports/${params.token}`) : keptFile(fileKey, filename)
}
