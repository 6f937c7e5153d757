import { type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { documentsIssued } from '#app/reports/invoice-archive/query.server.ts'
import { archiveRangeOf, archiveResponse } from '#app/web/answers/document-archive.server.ts'
import { asStaff, staffOf } from '#app/web/request/as-staff.server.ts'
import { languageOf } from '#app/web/request/preferences.server.ts'
import { tenantOf } from '#app/web/request/tenant-of.server.ts'

/** All documents of some days as one file. */
export async function loader({ request }: LoaderFunctionArgs) {
  await staffOf(request, 'invoice:read')
  const range = archiveRangeOf(request)
  if (!range) return redirect('/office/invoices/archive?problem=range')
  const language = await languageOf(request, await tenantOf(request))
  const pageAfter = (afterId: string | null) => asStaff(request, 'invoice:read', (ctx) => documentsIssued(ctx, range, afterId))
  return archiveResponse({ range, language, pageAfter })
}
