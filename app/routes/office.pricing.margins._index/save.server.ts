import { Decimal } from '#app/domain/money/decimal.ts'
import type { PriceLine } from '#app/domain/pricing/markup/plan-sell-prices.ts'
import { readPriceList } from '#app/domain/pricing/markup/price-list.ts'
import { localDateOf, startOfDay } from '#app/domain/time/local-date.ts'
import { readMarginRows } from '#app/reports/margins/query.server.ts'
import type { MarginRow } from '#app/reports/margins/shape.ts'
import { applyMarkup, linesOfMarkups } from '#app/services/offers/apply-markup.server.ts'
import { type PriceEffect, previewPrices } from '#app/services/offers/preview-prices.server.ts'
import { setPrices } from '#app/services/offers/set-prices.server.ts'
import { asStaff, type StaffContext } from '#app/web/as-staff.server.ts'
import { parseForm } from '#app/web/parse-form.server.ts'
import { uploadedCells } from '#app/web/sheets.server.ts'
import { type MarginDeed, marginForms } from './forms.ts'
import { removeRule, saveRule } from './save-rule.server.ts'

export type LineFault = { readonly row: number | null; readonly name: string; readonly problem: string }
export type MarginAnswer = { readonly deed: MarginDeed } & (
  | { readonly fields: Readonly<Record<string, string>>; readonly values: Readonly<Record<string, string>> }
  | { readonly problem: string; readonly faults: readonly LineFault[] }
  | { readonly effect: PriceEffect }
  | { readonly saved: true }
)

/** Does what one of the page's forms asks for. Prices are previewed and set by the same functions; all lines or none. */
export async function saveMarginDeed(request: Request, deed: MarginDeed, priceBookId: string): Promise<MarginAnswer> {
  if (deed === 'rule') return { deed, ...(await saveRule(request, priceBookId)) }
  if (deed === 'remove-rule') return { deed, ...(await removeRule(request)) }
  const copy = request.clone()
  const asked = await settingOf(request, deed)
  if ('fields' in asked) return { deed, ...asked }
  const body = deed === 'apply' ? new FormData() : await copy.formData()
  const cells = deed === 'file' ? await uploadedCells(body.get('file')) : undefined
  if (deed === 'file' && !cells) return { deed, problem: 'file-unreadable', faults: [] }
  return asStaff(request, 'catalog:write', async (ctx, { tenant }): Promise<MarginAnswer> => {
    const validFrom = asked.from <= localDateOf(ctx.now, tenant.timeZone) ? ctx.now : startOfDay(asked.from, tenant.timeZone)
    const lines =
      deed === 'apply'
        ? await markupLines(ctx, { priceBookId, at: validFrom })
        : await ownLines(ctx, { priceBookId, at: validFrom, body, cells })
    if ('faults' in lines) return { deed, problem: 'bad-list', faults: lines.faults }
    return { deed, ...(await set(ctx, { ...asked, priceBookId, validFrom, lines: lines.lines, rows: lines.rows }, deed)) }
  })
}

type Setting = { readonly from: string; readonly reason: string | null; readonly isPreview: boolean }

async function settingOf(
  request: Request,
  deed: 'prices' | 'apply' | 'file',
): Promise<Setting | { fields: Record<string, string>; values: Record<string, string> }> {
  const form = await parseForm(request, marginForms[deed])
  if (!form.ok) return { fields: { ...form.error }, values: { ...form.values } }
  const { intent, ...rest } = form.value
  const [from, reason] =
    'from' in rest ? [rest.from, rest.reason] : 'applyFrom' in rest ? [rest.applyFrom, rest.applyReason] : [rest.fileFrom, rest.fileReason]
  return { from, reason: reason ?? null, isPreview: intent === 'preview' }
}

type Lines = { readonly lines: readonly PriceLine[]; readonly rows: readonly { readonly name: string; readonly row: number | null }[] }
type Book = { readonly priceBookId: string; readonly at: Date }

async function markupLines(ctx: StaffContext, book: Book): Promise<Lines> {
  const lines = await linesOfMarkups(ctx, book)
  return { lines, rows: lines.map(({ fee }) => ({ name: fee.meter ?? fee.feeKind, row: null })) }
}

type OwnInput = Book & { readonly body: FormData; readonly cells: readonly (readonly string[])[] | undefined }

/** The prices typed into the grid, or those that a file changes. */
async function ownLines(ctx: StaffContext, { body, cells, ...book }: OwnInput): Promise<Lines | { readonly faults: readonly LineFault[] }> {
  const standing = (await readMarginRows(ctx, book))?.rows ?? []
  if (cells) {
    const list = readPriceList(cells, standing)
    if (!list.ok) return { faults: list.problems.slice(0, 50).map(({ row, column, problem }) => ({ row, name: column, problem })) }
    const changes = list.value.flatMap(({ at, row, unitPrice, cap }) => {
      const found = standing[at]
      return found ? [{ line: ownLine(found, unitPrice, cap), name: nameOf(found), row }] : []
    })
    return { lines: changes.map(({ line }) => line), rows: changes }
  }
  const changed = standing.flatMap((row) => {
    const typed = String(body.get(`price.${row.key}`) ?? '').trim()
    return typed === '' || typed === (row.sell ?? '') ? [] : [{ row, typed }]
  })
  const wrong = changed.filter(({ typed }) => !/^\d{1,14}(\.\d{1,12})?$/.test(typed))
  if (wrong.length > 0) return { faults: wrong.map(({ row }) => ({ row: null, name: nameOf(row), problem: 'not-a-decimal' })) }
  const lines = changed.map(({ row, typed }) => ownLine(row, new Decimal(typed), row.cap === null ? null : new Decimal(row.cap)))
  return { lines, rows: changed.map(({ row }) => ({ name: nameOf(row), row: null })) }
}

function ownLine({ productId, feeKind, meter, match, unit }: MarginRow, unitPrice: Decimal, cap: Decimal | null): PriceLine {
  const dimensions = match === '' ? [] : match.split(' ').map((part): [string, string | string[]] => dimensionOf(part))
  return { productId, unit, fee: { feeKind, meter, match: Object.fromEntries(dimensions) }, pricing: { method: 'own', unitPrice, cap } }
}

function dimensionOf(part: string): [string, string | string[]] {
  const [name = '', value = ''] = part.split('=')
  return [name, value.includes('|') ? value.split('|') : value]
}

function nameOf({ productCode, meter, feeKind }: MarginRow): string {
  return [productCode, meter ?? feeKind].filter(Boolean).join(' · ')
}

type SetInput = Setting & Lines & { readonly priceBookId: string; readonly validFrom: Date }
type SetAnswer = { effect: PriceEffect } | { saved: true } | { problem: string; faults: readonly LineFault[] }

async function set(ctx: StaffContext, input: SetInput, deed: MarginDeed): Promise<SetAnswer> {
  const { priceBookId, validFrom, reason, lines, rows, isPreview } = input
  const prices = { priceBookId, validFrom, reason, lines, note: null }
  const result = isPreview
    ? await previewPrices(ctx, prices)
    : deed === 'apply'
      ? await applyMarkup(ctx, { priceBookId, validFrom, reason, productIds: null, note: null })
      : await setPrices(ctx, prices)
  if (result.ok) return 'affected' in result.value ? { effect: result.value } : { saved: true }
  const faults = result.problems
    .slice(0, 50)
    .map(({ index, problem }) => ({ row: rows[index]?.row ?? null, name: rows[index]?.name ?? '', problem }))
  return { problem: result.error, faults }
}
