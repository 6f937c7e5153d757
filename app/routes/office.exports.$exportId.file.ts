import type { LoaderFunctionArgs } from '@remix-run/node'
import { readKeptExport } from '#app/reports/exports/list.server.ts'
import { asStaff } from '#app/web/as-staff.server.ts'
import { keptFile } from '#app/web/file-responses.server.ts'
import { isUuid } from '#app/web/form-fields.ts'
import { orNotFound } from '#app/web/refuse.server.ts'

/** A file that was prepared, as long as it is kept. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const id = orNotFound(isUuid(params.exportId) ? params.exportId : null)
  const { fileKey, filename } = orNotFound(await asStaff(request, 'ledger:read', (ctx) => readKeptExport(ctx, id)))
  return keptFile(fileKey, filename)
}
