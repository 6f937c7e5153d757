import type { TFunction } from 'i18next'
import { Decimal } from '#app/domain/money/decimal.ts'
import type { DescribedValue, PriceDescription } from '#app/domain/pricing/models/price-slice.ts'
import type { ModelProblem } from '#app/domain/pricing/models/registry.ts'
import { formatPercent, formatQuantity, formatRate } from './formats.ts'
import type en from './locales/en/pricing.json'

export type PriceTexts = {
  readonly t: TFunction<'pricing'>
  readonly locale: string
  /** Sets text of another direction apart, so that it does not disorder the sentence around it. */
  readonly isolate: (text: string) => string
}

type UnitKey = keyof (typeof en)['models']['per']

const unitKeys: Readonly<Record<string, UnitKey>> = {
  hour: 'hour',
  GB: 'gb',
  GiB: 'gib',
  'GiB-hour': 'gib-hour',
  'vCPU-hour': 'vcpu-hour',
  'GHz-hour': 'ghz-hour',
  request: 'request',
  month: 'month',
}

/** What a price charges, as one sentence of the reader's language. */
export function priceSentence(texts: PriceTexts, description: PriceDescription): string {
  const values = Object.entries(description.values).map(([name, value]) => [name, figure(texts, description, value)])
  const steps = description.steps && listed(texts, description.steps)
  return texts.t(description.key as 'models.flat', { ...Object.fromEntries(values), ...(steps ? { steps } : {}) })
}

/** Why a parameter of a price was refused. */
export function modelProblemText(t: TFunction<'pricing'>, { code }: ModelProblem): string {
  return t(`models.problem.${code as keyof (typeof en)['models']['problem']}`)
}

function listed(texts: PriceTexts, steps: readonly PriceDescription[]): string {
  const parts = steps.map((step) => priceSentence(texts, step))
  return new Intl.ListFormat(texts.locale, { style: 'short', type: 'unit' }).format(parts)
}

function figure({ t, locale, isolate }: PriceTexts, { unit, currency }: PriceDescription, value: DescribedValue): string {
  const key = unitKeys[unit] ?? 'other'
  if ('percent' in value) return isolate(formatPercent(new Decimal(value.percent), locale))
  if ('price' in value) return isolate(formatRate(new Decimal(value.price), currency, locale))
  if ('rate' in value) return t(`models.per.${key}`, { price: isolate(formatRate(new Decimal(value.rate), currency, locale)) })
  const quantity = new Decimal(value.quantity)
  return t(`models.quantity.${key}`, { quantity: isolate(formatQuantity(quantity, locale)) })
}
