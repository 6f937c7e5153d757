import { z } from 'zod'
import { MeterDraft, MeterTexts } from '#app/domain/usage/define-meter.ts'
import { supportedLanguages } from '#app/i18n/languages.ts'

const word = z.string().max(200, 'too-long').optional()
const perLanguage = (prefix: string) => Object.fromEntries(supportedLanguages.map((code) => [`${prefix}_${code}`, word]))

const textFields = { ...perLanguage('name'), ...perLanguage('unitWord') }

/** The form of a new meter; what its fields mean is read by `draftOf`. */
export const MeterForm = z.object({ code: word, kind: word, unit: word, roundUpTo: word, greatest: word, ...textFields })
/** The form of what may change. */
export const ChangeForm = z.object({ greatest: word, ...textFields })

type Typed = Readonly<Record<string, string | undefined>>
type Read<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fields: Readonly<Record<string, string>> }

export function draftOf(typed: Typed): Read<MeterDraft> {
  const { code, kind, unit, greatest, roundUpTo = null } = typed
  return readAs(MeterDraft, { code, kind, unit, greatest, roundUpTo, ...textsOf(typed) })
}

export function changeOf(typed: Typed) {
  return readAs(MeterTexts.extend({ greatest: MeterDraft.shape.greatest }), { greatest: typed.greatest, ...textsOf(typed) })
}

function textsOf(typed: Typed) {
  const words = (prefix: string) => Object.fromEntries(supportedLanguages.map((code) => [code, typed[`${prefix}_${code}`] ?? '']))
  return { names: words('name'), unitWords: words('unitWord') }
}

function readAs<Schema extends z.ZodObject>(schema: Schema, value: object): Read<z.output<Schema>> {
  const read = schema.safeParse(value)
  if (read.success) return { ok: true, value: read.data }
  const fields = read.error.issues.map(({ path: [field, language], message }) => [fieldOf(String(field), language), message] as const)
  return { ok: false, fields: Object.fromEntries(fields) }
}

function fieldOf(field: string, language: PropertyKey | undefined): string {
  if (language === undefined) return field
  return `${field === 'names' ? 'name' : 'unitWord'}_${String(language)}`
}
