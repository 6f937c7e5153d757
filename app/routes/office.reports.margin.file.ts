import type { LoaderFunctionArgs } from '@remix-run/node'
import { marginTable } from '#app/reports/margin/table.ts'
import { sheetDownload } from '#app/web/answers/sheets.server.ts'
import { filterOf } from '#app/web/request/filters.ts'
import { readMarginPage } from './office.reports.margin._index/read-margin.server.ts'

/** Margin of a month as a table. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { month, by, report } = await readMarginPage(request)
  return sheetDownload(marginTable(month, by, report), `margin-${month}`, filterOf(request).get('format'))
}
