import { z } from 'zod'
import { Decimal } from '../money/decimal.ts'
import { cloudstackMeters, type MeterCode, meters } from './meters.ts'

const number = z
  .union([z.string(), z.number()])
  .transform((value) => (typeof value === 'number' ? new Decimal(value).toFixed() : value))
  .refine((text) => /^\d{1,14}(\.\d{1,20})?$/.test(text))
const text = z.string().nullish()

/** One tariff as the quota plug-in of CloudStack lists it; what is not asked for here is passed over. */
const Tariff = z.object({
  usageType: z.coerce.number().int(),
  usageName: text,
  name: text,
  uuid: text,
  id: text,
  tariffValue: number,
  effectiveDate: text,
  endDate: text,
  removed: text,
  activationRule: text,
})

/** A tariff of the cloud's quota: what a unit of a usage type costs over `[from, to)`. */
export type QuotaTariff = {
  readonly usageType: string
  readonly name: string
  readonly value: Decimal
  readonly from: Date | null
  readonly to: Date | null
  readonly isRemoved: boolean
  readonly activationRule: string
}

/**
 * The tariffs in the answer of `quotaTariffList`, whole or only its list; undefined when it is none. Dates as every release prints them.
 */
export function readQuotaTariffs(value: unknown): readonly QuotaTariff[] | undefined {
  const list = listIn(value)
  const read = z.array(Tariff).safeParse(list)
  if (!read.success) return undefined
  const tariffs = read.data.map(toTariff)
  return tariffs.every((tariff) => tariff !== undefined) ? tariffs : undefined
}

function listIn(value: unknown): unknown {
  if (Array.isArray(value) || typeof value !== 'object' || value === null) return value
  const { quotatariff, quotatarifflistresponse } = value as { quotatariff?: unknown; quotatarifflistresponse?: unknown }
  if (quotatarifflistresponse !== undefined) return listIn(quotatarifflistresponse)
  return quotatariff ?? (Object.keys(value).length === 0 ? [] : undefined)
}

function toTariff({ usageType, tariffValue, effectiveDate, endDate, removed, activationRule, ...named }: z.output<typeof Tariff>) {
  const [from, to] = [dateOf(effectiveDate), dateOf(endDate)]
  if (from === undefined || to === undefined) return undefined
  return {
    usageType: String(usageType),
    name: named.name || named.usageName || named.uuid || named.id || String(usageType),
    value: new Decimal(tariffValue),
    from,
    to,
    isRemoved: Boolean(removed),
    activationRule: activationRule?.trim() ?? '',
  }
}

/** Null for none, undefined for one that cannot be read. Older releases set the T in quotation marks. */
function dateOf(text: string | null | undefined): Date | null | undefined {
  if (!text) return null
  const ms = Date.parse(text.replaceAll("'", '').replace(/([+-]\d{2})(\d{2})$/, '$1:$2'))
  return Number.isNaN(ms) ? undefined : new Date(ms)
}

/** Why a tariff is not taken over. */
export type TariffProblem =
  | 'activation-rule'
  | 'removed'
  | 'ended'
  | 'not-yet-in-force'
  | 'ends-within'
  | 'unknown-usage-type'
  | 'no-usage-of-its-own'
  | 'no-size'
  | 'other-measure'
  | 'running-and-allocated'

/** What a unit of a meter costs: the tariffs `names` of a usage type together, as the cloud adds them. */
export type TariffPrice = {
  readonly usageType: string
  readonly meter: MeterCode
  readonly unit: string
  readonly unitPrice: Decimal
  readonly names: readonly string[]
}
export type LeftTariff = { readonly usageType: string; readonly name: string; readonly problem: TariffProblem }
export type TakenTariffs = { readonly prices: readonly TariffPrice[]; readonly left: readonly LeftTariff[] }

/** The month that prices are made for, as instants, and how many hours the cloud divides a price of a month by. */
export type TariffMonth = { readonly start: Date; readonly end: Date; readonly hours: number }

type Per = 'month' | 'gib-month' | 'gib' | 'request' | 'byte'

const perMonth = ['1', '2', '3', '10', '11', '12', '13', '14', '30', '31']
const perGibMonth = ['6', '7', '8', '9', '25', '27', '28']
const pers: Readonly<Record<string, Per>> = {
  ...Object.fromEntries(perMonth.map((type) => [type, 'month'])),
  ...Object.fromEntries(perGibMonth.map((type) => [type, 'gib-month'])),
  '4': 'gib',
  '5': 'gib',
  '21': 'request',
  '22': 'request',
  '23': 'byte',
  '24': 'byte',
}
/** Types whose tariff is for something else than what Livery meters of them. */
const unlike: Readonly<Record<string, TariffProblem>> = {
  '15': 'no-usage-of-its-own',
  '16': 'no-usage-of-its-own',
  '17': 'no-usage-of-its-own',
  '26': 'no-size',
  '29': 'other-measure',
}

/**
 * Prices of a rate card out of the tariffs in force throughout `month`, and what cannot be taken over, with the reason. Tariffs of one
 * type add up, as in the cloud; where one of a type cannot be taken, its others can. A price of a month becomes one of an hour, rounded to
 * 8 decimals, half to even, as the cloud rounds it. Of running and allocated servers only the one with a price is taken, else running.
 */
export function takeTariffs(tariffs: readonly QuotaTariff[], month: TariffMonth): TakenTariffs {
  const left: LeftTariff[] = []
  const taken = new Map<string, QuotaTariff[]>()
  const hasRunning = tariffs.some((tariff) => tariff.usageType === '1' && tariff.value.gt(0) && !problemOf(tariff, month))
  for (const tariff of tariffs) {
    const doubles = hasRunning && tariff.usageType === '2' ? 'running-and-allocated' : undefined
    const problem = problemOf(tariff, month) ?? doubles
    if (problem) left.push({ usageType: tariff.usageType, name: tariff.name, problem })
    else taken.set(tariff.usageType, [...(taken.get(tariff.usageType) ?? []), tariff])
  }
  const prices = [...taken].map(([usageType, group]) => priceOf(usageType, { group, hours: month.hours }))
  return { prices: prices.sort((a, b) => Number(a.usageType) - Number(b.usageType)), left }
}

function problemOf(
  { usageType, activationRule, isRemoved, from, to }: QuotaTariff,
  { start, end }: TariffMonth,
): TariffProblem | undefined {
  if (!Object.hasOwn(pers, usageType)) return unlike[usageType] ?? 'unknown-usage-type'
  if (isRemoved) return 'removed'
  if (to && to.getTime() <= start.getTime()) return 'ended'
  if (from && from.getTime() > start.getTime()) return 'not-yet-in-force'
  if (to && to.getTime() < end.getTime() - 1) return 'ends-within'
  return activationRule === '' ? undefined : 'activation-rule'
}

function priceOf(usageType: string, { group, hours }: { group: readonly QuotaTariff[]; hours: number }): TariffPrice {
  const value = group.reduce((sum, tariff) => sum.plus(tariff.value), new Decimal(0))
  const meter = (cloudstackMeters[usageType] as { meter: MeterCode }).meter
  const names = group.map(({ name }) => name)
  return { usageType, meter, unit: meters[meter].unit, unitPrice: unitPriceOf(value, { per: pers[usageType] as Per, hours }), names }
}

const bytesPerGb = new Decimal('1e9')
const gbPerGib = bytesPerGb.div(2 ** 30)
const kept = 12

function unitPriceOf(value: Decimal, { per, hours }: { per: Per; hours: number }): Decimal {
  switch (per) {
    case 'month':
    case 'gib-month':
      return value.div(hours).toDecimalPlaces(8, Decimal.ROUND_HALF_EVEN)
    case 'gib':
      return value.times(gbPerGib).toDecimalPlaces(kept)
    case 'request':
      return value.toDecimalPlaces(kept)
    case 'byte':
      return value.times(bytesPerGb).toDecimalPlaces(kept)
  }
}
