import type { LoaderFunctionArgs } from '@remix-run/node'
import { marginTable } from '#app/reports/margin/table.ts'
import { filterOf } from '#app/web/filters.ts'
import { sheetDownload } from '#app/web/sheets.server.ts'
import { readMarginPage } from './office.reports.margin._index/read-margin.server.ts'

/** Margin of a month as a table. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { month, by, report } = await readMarginPage(request)
  return sheetDownload(marginTable(month, by, report), `margin-${month}`, filterOf(request).get('format'))
}
