import { z } from 'zod'
import type { DraftContent, DraftLine } from '#app/domain/invoice/document-draft.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import type { NamedProduct } from '#app/reports/invoices/drafts.server.ts'
import { email, line } from '#app/web/request/form-fields.ts'

/** How many lines can be added at a time, without scripts. */
export const newLines = 3
/** As many as a document takes. */
const mostLines = 200

const text = z.string().trim().max(200, 'too-long').optional()
const number = z.string().trim().max(40, 'too-long').optional()

const fields = (index: number): [string, z.ZodOptional<z.ZodString> | typeof text][] => [
  [`product${index}`, text],
  [`text${index}`, text],
  [`quantity${index}`, number],
  [`unitPrice${index}`, number],
  [`remove${index}`, text],
]

/** The editor's form over `count` lines, of which the last few may be new. */
export const DraftForm = z.object({
  intent: z.enum(['save', 'issue', 'discard']),
  version: z.coerce.number().int().min(1),
  name: line(200),
  email,
  address: z.string().max(1000, 'too-long').optional(),
  country: z.string().regex(/^[A-Z]{2}$/, 'invalid'),
  vatId: line(30).optional(),
  reference: line(80).optional(),
  purchaseOrder: line(80).optional(),
  reason: line(300).optional(),
  ...Object.fromEntries(Array.from({ length: mostLines }, (_, index) => index).flatMap(fields)),
})

export type DraftValues = z.output<typeof DraftForm> & Readonly<Record<string, unknown>>

type Known = { readonly lines: readonly DraftLine[]; readonly products: readonly NamedProduct[] }

/** What was typed as the content of a draft, or the name of the field that cannot be read. */
export function readDraftForm(values: DraftValues, known: Known): Result<Pick<DraftContent, 'lines' | 'buyer' | 'reason'>, string> {
  const lines: DraftLine[] = []
  for (let index = 0; index < Math.min(known.lines.length + newLines, mostLines); index += 1) {
    const read = lineOf(values, index, known)
    if (!read.ok) return read
    if (read.value) lines.push(read.value)
  }
  const { name, country, vatId = null, reference = null, purchaseOrder = null, reason = null } = values
  const addressLines = (values.address ?? '')
    .split(/\r?\n/)
    .map((each) => each.trim())
    .filter(Boolean)
  if (addressLines.length > 6) return err('address')
  return ok({ lines, reason, buyer: { name, email: values.email, addressLines, country, vatId, reference, purchaseOrder } })
}

function lineOf(values: DraftValues, index: number, { lines, products }: Known): Result<DraftLine | null, string> {
  const known = lines[index]
  const typed = (name: string) => String(values[`${name}${index}`] ?? '')
  if (typed('remove')) return ok(null)
  if (known?.kind === 'copied') return ok(known)

  const product =
    products.find(({ id }) => id === typed('product'))?.name ?? (known?.kind === 'typed' && !typed('text') ? known.product : null)
  const words = typed('text') || null
  if (!words && !product && !typed('unitPrice')) return ok(null)
  if (!words && !product) return err(`text${index}`)
  const quantity = decimalOf(typed('quantity') || '1')
  if (!quantity?.gt(0)) return err(`quantity${index}`)
  const unitPrice = decimalOf(typed('unitPrice'))
  return unitPrice ? ok({ kind: 'typed', text: words, product, quantity, unitPrice }) : err(`unitPrice${index}`)
}

function decimalOf(text: string): Decimal | undefined {
  return /^\d{1,12}(\.\d{1,12})?$/.test(text) ? new Decimal(text) : undefined
}
