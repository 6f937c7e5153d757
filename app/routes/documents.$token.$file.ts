import { type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { readLinkedDocument } from '#app/reports/deliveries/query.server.ts'
import { asLinkHolder, linkedFile } from '#app/web/as-link-holder.server.ts'

/** A file behind a mailed link; an expired link leads to the page that says so. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const linked = await asLinkHolder(request, params.token, readLinkedDocument)
  return linked.isExpired ? redirect(`/documents/${params.token}`) : linkedFile(linked, params.file)
}
