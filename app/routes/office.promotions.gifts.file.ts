import type { ActionFunctionArgs } from '@remix-run/node'
import { z } from 'zod'
import { sheetDownload } from '#app/web/answers/sheets.server.ts'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { refuse } from '#app/web/request/refuse.server.ts'

const FileForm = z.object({
  codes: z
    .string('required')
    .regex(/^[0-9A-Z-]+( [0-9A-Z-]+)*$/, 'invalid')
    .max(220_000, 'too-long'),
})

/** The codes that the page shows, this once, as a file: they are kept nowhere that they could be read from. */
export async function action({ request }: ActionFunctionArgs) {
  await asStaff(request, 'payment:write', async () => null)
  const form = await parseForm(request, FileForm)
  if (!form.ok) throw refuse(400, 'invalid')
  return sheetDownload([['code'], ...form.value.codes.split(' ').map((code) => [code])], 'gift-codes', 'csv')
}
