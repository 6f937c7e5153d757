import { unitOfMeter } from '#app/domain/usage/meters.ts'
import type { OwnMeters } from '#app/domain/usage/own-meter.ts'

type Json = string | number | boolean | null | Json[] | { [key: string]: Json }
type JsonObject = { [key: string]: Json }

/** Which fields a price model takes: what a form still holds of another one is dropped. */
export const modelFields = {
  flat: ['amount'],
  'per-unit': ['unitPrice'],
  graduated: ['tiers'],
  volume: ['tiers'],
  package: ['size', 'price', 'free'],
  stairstep: ['tiers'],
  percentage: ['rate', 'fixed', 'free'],
} as const

const path = /^[a-zA-Z][\w-]*(\.[\w-]+){0,6}$/
const wholeNumbers = new Set(['count', 'trialDays', 'termMonths'])

/**
 * The plan that a form's fields spell: `usage.0.model.kind` is a field of the first usage price. Empty fields and rows are left
 * out, whatever the form does not show is taken from its hidden `rest`. The unit is the meter's, of the product or of `own`. Nothing is
 * checked here: readPlan names what is wrong.
 */
export function planOfForm(form: FormData, own?: OwnMeters): JsonObject {
  const plan: JsonObject = restOf(form.get('rest'))
  for (const [name, value] of form.entries()) {
    if (typeof value !== 'string' || value.trim() === '' || !path.test(name)) continue
    const keys = name.split('.')
    if (keys.some((key) => key === '__proto__' || key === 'constructor')) continue
    if (['formToken', 'intent', 'rest', 'reason', 'activateOn', 'json', 'try'].includes(keys[0] ?? '')) continue
    put(plan, keys, leafOf(keys.at(-1) ?? '', value.trim()))
  }
  plan.fees = rowsOf(plan.fees).filter((fee) => fee.price !== undefined)
  plan.usage = rowsOf(plan.usage)
    .filter((price) => price.meter !== undefined)
    .map((price) => usageOf(price, own))
  return plan
}

function restOf(text: FormDataEntryValue | null): JsonObject {
  try {
    const rest: unknown = JSON.parse(typeof text === 'string' ? text : '{}')
    return typeof rest === 'object' && rest !== null && !Array.isArray(rest) ? (rest as JsonObject) : {}
  } catch {
    // The field is ours; one that was tampered with adds nothing.
    return {}
  }
}

function leafOf(key: string, text: string): Json {
  if (key === 'rollsOver') return true
  return wholeNumbers.has(key) && /^\d{1,9}$/.test(text) ? Number(text) : text
}

function put(target: JsonObject, keys: readonly string[], value: Json): void {
  const [key = '', ...below] = keys
  if (below.length === 0) {
    target[key] = value
    return
  }
  const found = target[key]
  const next: JsonObject = typeof found === 'object' && found !== null && !Array.isArray(found) ? found : {}
  target[key] = next
  put(next, below, value)
}

/** Rows in the order of their numbers; a form numbers them, gaps and all. */
function rowsOf(rows: Json | undefined): JsonObject[] {
  if (Array.isArray(rows)) return rows as JsonObject[]
  if (typeof rows !== 'object' || rows === null) return []
  const ordered = Object.entries(rows).sort(([a], [b]) => Number(a) - Number(b))
  return ordered.map(([, row]) => row as JsonObject)
}

function usageOf({ match, ...price }: JsonObject, own: OwnMeters | undefined): JsonObject {
  const meter = String(price.meter)
  const unit = unitOfMeter(meter, own) ?? ''
  return { ...price, unit, ...(typeof match === 'string' ? { match: matchOf(match) } : {}), model: modelOf(price.model) }
}

function modelOf(typed: Json | undefined): JsonObject {
  const model = (typeof typed === 'object' && typed !== null && !Array.isArray(typed) ? typed : {}) as JsonObject
  const kind = String(model.kind ?? '')
  const fields: readonly string[] = Object.hasOwn(modelFields, kind) ? modelFields[kind as keyof typeof modelFields] : []
  const own = Object.fromEntries(Object.entries(model).filter(([name]) => fields.includes(name)))
  return fields.includes('tiers') ? { kind, tiers: tiersOf(model.tiers, kind) } : { kind, ...own }
}

/** The last step may leave its end out, and a bracket has no price per unit. */
function tiersOf(typed: Json | undefined, kind: string): JsonObject[] {
  return rowsOf(typed).map(({ upTo = null, unitPrice, flat }) => ({
    upTo,
    ...(kind !== 'stairstep' && unitPrice !== undefined ? { unitPrice } : {}),
    ...(flat === undefined ? {} : { flat }),
  }))
}

/** `state=running|stopped, zone=eu` as dimensions; several values of one are a list. */
export function matchOf(text: string): JsonObject {
  const pairs = text.split(',').map((pair) => pair.split('='))
  const named = pairs.flatMap(([name = '', value = '']): [string, Json][] => {
    const values = value.split('|').map((one) => one.trim())
    return name.trim() === '' ? [] : [[name.trim(), values.length === 1 ? (values[0] ?? '') : values]]
  })
  return Object.fromEntries(named)
}

/** The same as text for a field. */
export function matchText(match: unknown): string {
  if (typeof match !== 'object' || match === null) return ''
  return Object.entries(match)
    .map(([name, value]) => `${name}=${Array.isArray(value) ? value.join('|') : String(value)}`)
    .join(', ')
}
