import { type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { readLinkedDocument } from '#app/reports/deliveries/query.server.ts'
import { noteOpening } from '#app/services/delivery/note-opening.server.ts'
import { asLinkHolder, isLookingAhead, linkedFile } from '#app/web/request/as-link-holder.server.ts'

/** A file behind a mailed link, which counts as opened; an expired link leads to the page that says so. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const linked = await asLinkHolder(request, params.token, readLinkedDocument)
  if (linked.isExpired) return redirect(`/documents/${params.token}`)
  const file = await linkedFile(linked, params.file)
  if (!isLookingAhead(request)) await asLinkHolder(request, params.token, noteOpening)
  return file
}
