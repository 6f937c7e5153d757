import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { z } from 'zod'
import { isCurrency } from '#app/domain/money/currency.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import type { ExchangeRate } from '#app/domain/money/exchange.ts'
import { ExchangeSourceError } from '#app/ports/exchange-rate-source.ts'

const source = 'ECB'

/** A day of the file: `<Cube time='2026-06-05'><Cube currency='USD' rate='1.0821'/>…</Cube>`. */
const Day = z.object({
  time: z.iso.date(),
  Cube: z
    .array(z.object({ currency: z.string().regex(/^[A-Z]{3}$/), rate: z.string().regex(/^\d{1,12}(\.\d{1,12})?$/) }))
    .min(1)
    .max(300),
})
const File = z.object({ Envelope: z.object({ Cube: z.array(z.object({ Cube: z.array(Day).min(1).max(400) })).length(1) }) })

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  removeNSPrefix: true,
  parseAttributeValue: false,
  processEntities: false,
  isArray: (name) => name === 'Cube',
})

/**
 * The rates of the newest day of a file in the format of the European Central Bank, from the euro. Unknown elements are
 * passed over; a rate that is not a positive decimal, a pair that comes twice, or a file of another kind refuses the whole.
 */
export function readEcbRates(text: string): ExchangeRate[] {
  if (/<!DOCTYPE|<!ENTITY/i.test(text)) throw malformed('it declares a document type')
  const validity = XMLValidator.validate(text)
  if (validity !== true) throw malformed(`line ${validity.err.line}: ${validity.err.code}`)
  const file = File.safeParse(parser.parse(text))
  if (!file.success)
    throw malformed(
      file.error.issues
        .map(({ path, message }) => `${path.join('.')}: ${message}`)
        .join('; ')
        .slice(0, 300),
    )

  const [day] = file.data.Envelope.Cube.flatMap((cube) => cube.Cube).sort((a, b) => (a.time < b.time ? 1 : -1))
  if (!day) throw malformed('it has no day')
  const rates = day.Cube.filter(({ currency }) => isCurrency(currency) && currency !== 'EUR').map((entry) => rateOf(entry, day.time))
  if (new Set(rates.map((rate) => rate.quote)).size < rates.length) throw malformed('a currency comes twice')
  return rates
}

function rateOf({ currency, rate }: z.infer<typeof Day>['Cube'][number], date: string): ExchangeRate {
  const value = new Decimal(rate)
  if (!value.gt(0)) throw malformed(`${currency} has no rate above zero`)
  return { base: 'EUR', quote: currency, rate: value, source, date }
}

function malformed(problem: string): ExchangeSourceError {
  return new ExchangeSourceError('malformed', `exchange rates: not a file of the known format: ${problem}`)
}
