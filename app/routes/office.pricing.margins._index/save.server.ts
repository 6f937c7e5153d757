import { localDateOf, startOfDay } from '#app/domain/time/local-date.ts'
import { applyMarkup } from '#app/services/offers/apply-markup.server.ts'
import { type PriceEffect, previewPrices } from '#app/services/offers/preview-prices.server.ts'
import { setPrices } from '#app/services/offers/set-prices.server.ts'
import { uploadedCells } from '#app/web/answers/sheets.server.ts'
import { asStaff, type StaffContext } from '#app/web/request/as-staff.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { type MarginDeed, marginForms } from './forms.ts'
import { removeRule, saveRule } from './save-rule.server.ts'
import { type AskedLines, fileLines, type LineFault, type LineFaults, markupLines, typedLines } from './wanted-lines.server.ts'

type Typed = Readonly<Record<string, string>>
type Answer =
  | { readonly fields: Typed }
  | { readonly problem: string; readonly faults: readonly LineFault[] }
  | { readonly effects: readonly { readonly priceBookId: string; readonly effect: PriceEffect }[] }
  | { readonly saved: true }
/** What came of a form, and what was typed into it where nothing was set. */
export type MarginAnswer = { readonly deed: MarginDeed; readonly values?: Typed } & Answer

/**
 * Does what one of the page's forms asks for. Prices are previewed and set by the same functions; all lines of all books, or none.
 */
export async function saveMarginDeed(request: Request, deed: MarginDeed, priceBookId: string): Promise<MarginAnswer> {
  if (deed === 'rule') return { deed, ...(await saveRule(request, priceBookId)) }
  if (deed === 'remove-rule') return { deed, ...(await removeRule(request)) }
  const copy = request.clone()
  const asked = await settingOf(request, deed)
  const body = await copy.formData()
  const values = typedIn(body)
  if ('fields' in asked) return { deed, values, ...asked }
  const cells = deed === 'file' ? await uploadedCells(body.get('file')) : undefined
  if (deed === 'file' && !cells) return { deed, values, problem: 'file-unreadable', faults: [] }
  // A refusal of one book undoes what was set in another.
  const done = await asStaff(request, 'catalog:write', async (ctx, { tenant }) => {
    const at = asked.from <= localDateOf(ctx.now, tenant.timeZone) ? ctx.now : startOfDay(asked.from, tenant.timeZone)
    const wanted =
      deed === 'apply'
        ? await markupLines(ctx, { priceBookId, at })
        : cells
          ? await fileLines(ctx, { priceBookId, at }, cells)
          : await typedLines(ctx, body, at)
    const answer = 'faults' in wanted ? badList(wanted) : await setAll(ctx, wanted.books, { ...asked, validFrom: at, deed })
    return { ok: !('problem' in answer), answer }
  })
  return 'saved' in done.answer ? { deed, ...done.answer } : { deed, values, ...done.answer }
}

type Setting = { readonly from: string; readonly reason: string | null; readonly isPreview: boolean }

async function settingOf(request: Request, deed: 'prices' | 'apply' | 'file'): Promise<Setting | { fields: Record<string, string> }> {
  const form = await parseForm(request, marginForms[deed])
  if (!form.ok) return { fields: { ...form.error } }
  const { intent, ...rest } = form.value
  const [from, reason] =
    'from' in rest ? [rest.from, rest.reason] : 'applyFrom' in rest ? [rest.applyFrom, rest.applyReason] : [rest.fileFrom, rest.fileReason]
  return { from, reason: reason ?? null, isPreview: intent === 'preview' }
}

function typedIn(body: FormData): Typed {
  return Object.fromEntries(
    [...body].flatMap(([name, value]) => (typeof value === 'string' && name !== 'formToken' ? [[name, value]] : [])),
  )
}

function badList({ faults }: LineFaults): Answer {
  return { problem: 'bad-list', faults: faults.slice(0, 50) }
}

type SetOptions = Setting & { readonly validFrom: Date; readonly deed: MarginDeed }

async function setAll(ctx: StaffContext, books: readonly AskedLines[], options: SetOptions): Promise<Answer> {
  if (books.length === 0) return { problem: 'nothing-to-set', faults: [] }
  const effects: { priceBookId: string; effect: PriceEffect }[] = []
  for (const book of books) {
    const result = await setBook(ctx, book, options)
    if (!result.ok) return { problem: result.error, faults: faultsOf(book, result.problems) }
    if ('affected' in result.value) effects.push({ priceBookId: book.priceBookId, effect: result.value })
  }
  return options.isPreview ? { effects } : { saved: true }
}

function setBook(ctx: StaffContext, { priceBookId, lines }: AskedLines, { validFrom, reason, isPreview, deed }: SetOptions) {
  const prices = { priceBookId, validFrom, reason, lines, note: null }
  if (isPreview) return previewPrices(ctx, prices)
  if (deed === 'apply') return applyMarkup(ctx, { priceBookId, validFrom, reason, productIds: null, note: null })
  return setPrices(ctx, prices)
}

type Problems = readonly { readonly index: number; readonly problem: string }[]

function faultsOf({ sources }: AskedLines, problems: Problems): LineFault[] {
  return problems.slice(0, 50).map(({ index, problem }) => {
    const { row = null, name = '', price = null } = sources[index] ?? {}
    return { row, name, price, problem }
  })
}
