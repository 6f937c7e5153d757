import { allocate } from '../money/allocate.ts'
import { Decimal } from '../money/decimal.ts'
import { add, fromDecimal, type Money, multiply, subtract, sum, toDecimal, zero } from '../money/money.ts'
import { invariant } from '../shared/invariant.ts'
import { err, ok, type Result } from '../shared/result.ts'
import { startOfDay } from '../time/local-date.ts'
import { type Crediting, creditableRest, isSameRate, isWithin, lineRests, type RateLeft, ratesLeft, within } from './credit-rests.ts'
import type { FinalisedLine, FinalisedTax } from './finalised-invoice.ts'

/** How much of one line: all that is left of it, a part of its billed quantity, or a net amount. */
export type LinePart =
  | { readonly kind: 'rest' }
  | { readonly kind: 'quantity'; readonly quantity: Decimal }
  | { readonly kind: 'net'; readonly net: Money }

/** What is to be credited: all that is left, an amount with its tax, or parts of lines. */
export type CreditRequest =
  | { readonly kind: 'rest' }
  | { readonly kind: 'amount'; readonly amount: Money }
  | { readonly kind: 'lines'; readonly parts: readonly { readonly lineId: string; readonly part: LinePart }[] }

export type CreditLine = Omit<FinalisedLine, 'id'> & { readonly creditsLineId: string | null }

/** What a credit note says in figures; amounts are positive where they lower the invoice. */
export type CreditFigures = {
  readonly lines: readonly CreditLine[]
  readonly taxes: readonly FinalisedTax[]
  readonly net: Money
  readonly tax: Money
  readonly total: Money
}

export type CreditProblem = 'credit-exceeds-invoice' | 'nothing-to-credit' | 'line-not-found'

export type CreditInput = Crediting & {
  readonly request: CreditRequest
  /** Stands on lines that credit an amount without naming what for. */
  readonly reason: string
}

/**
 * The figures of a credit note. Tax comes back at the invoice's own rates (B9), rounded once per rate (B7); what would be more than
 * is left of a rate is refused, and the last credit of a rate takes what is left of it, base and tax, to the minor unit (B12).
 * Refuses with `credit-exceeds-invoice`, `line-not-found`, and `nothing-to-credit` when it would come to zero or less.
 */
export function creditNote(input: CreditInput): Result<CreditFigures, CreditProblem> {
  const { request } = input
  if (request.kind === 'amount') return creditAmount(input, request.amount)
  if (request.kind === 'rest') return figuresOf(input, restOf(input))
  const lines = linesOf(input, request.parts)
  return lines.ok ? figuresOf(input, lines.value) : lines
}

const rateOf = (line: Pick<FinalisedLine, 'taxCategory' | 'taxRate'>) => ({ category: line.taxCategory, rate: line.taxRate })

/** Everything that is left: by line as long as credits named lines, else what is left of each rate. */
function restOf(input: CreditInput): CreditLine[] {
  const rests = lineRests(input)
  const left = input.invoice.lines.filter((line) => input.before.lines.get(line.id)?.net.minor !== line.net.minor)
  return ratesLeft(input).flatMap((rate) => {
    const lines = left.filter((line) => isSameRate(rateOf(line), rate))
    const base = sum(
      rate.base.currency,
      lines.map((line) => rests.get(line.id) ?? line.net),
    )
    if (lines.length > 0 && base.minor === rate.base.minor) return lines.map((line) => wholeRest(line, rests.get(line.id) ?? line.net))
    return rate.base.minor === 0n && rate.tax.minor === 0n ? [] : [amountLine(input, rate, rate.base)]
  })
}

function linesOf(
  input: CreditInput,
  parts: Extract<CreditRequest, { kind: 'lines' }>['parts'],
): Result<CreditLine[], 'line-not-found' | 'credit-exceeds-invoice'> {
  const rests = lineRests(input)
  const lines: CreditLine[] = []
  for (const { lineId, part } of parts) {
    const line = input.invoice.lines.find((each) => each.id === lineId)
    const rest = rests.get(lineId)
    if (!line || !rest) return err('line-not-found')
    const credited = partOf(input, { line, rest }, part)
    if (!credited || !isWithin(credited.net, rest)) return err('credit-exceeds-invoice')
    lines.push(credited)
  }
  invariant(new Set(parts.map(({ lineId }) => lineId)).size === parts.length, 'creditNote: a line comes twice')
  return ok(lines)
}

/** Undefined when more of the quantity is asked for than is left. */
function partOf({ before }: CreditInput, { line, rest }: { line: FinalisedLine; rest: Money }, part: LinePart): CreditLine | undefined {
  if (part.kind === 'rest') return wholeRest(line, rest)
  if (part.kind === 'net') return part.net.minor === rest.minor ? wholeRest(line, rest) : netLine(line, part.net)
  const { quantity } = part
  const left = line.billedQuantity.minus(before.lines.get(line.id)?.quantity ?? 0)
  if (!quantity.gt(0) || quantity.gt(left)) return undefined
  // The last units of a line take what the others left of it, cents included.
  const net = quantity.eq(left) ? rest : multiply(line.net, quantity.div(line.billedQuantity))
  return { ...copyOf(line), quantity, includedQuantity: new Decimal(0), billedQuantity: quantity, net }
}

/** The whole line as it stands on the invoice, or what is left of it as an amount. */
function wholeRest(line: FinalisedLine, rest: Money): CreditLine {
  return rest.minor === line.net.minor ? { ...copyOf(line), net: rest } : netLine(line, rest)
}

/** A credit may be for a part of a line: projects of the whole would not add up. */
function copyOf({ id, subject: { projects: _, ...subject }, ...line }: FinalisedLine): CreditLine {
  return { ...line, subject, creditsLineId: id }
}

/** An amount of a line: its meter would say quantities that nobody measured. */
function netLine(line: FinalisedLine, net: Money): CreditLine {
  const copy = copyOf(line)
  return { ...copy, kind: 'credit', subject: { ...copy.subject, meter: null }, ...onePiece(net), net }
}

function onePiece(net: Money) {
  const one = new Decimal(1)
  return { quantity: one, unit: 'piece', includedQuantity: new Decimal(0), billedQuantity: one, unitPrice: toDecimal(net) }
}

function amountLine({ invoice, reason }: CreditInput, rate: RateLeft, net: Money): CreditLine {
  const zone = invoice.seller.timeZone
  return {
    creditsLineId: null,
    sectionAccountId: invoice.accountId,
    kind: 'credit',
    subject: {
      section: invoice.buyer.name,
      product: null,
      meter: null,
      resource: null,
      resources: 0,
      billingPeriod: invoice.periodStart,
      text: reason,
    },
    ...onePiece(net),
    net,
    taxCategory: rate.category,
    taxRate: rate.rate,
    period: { start: startOfDay(invoice.periodStart, zone), end: startOfDay(invoice.periodEnd, zone) },
  }
}

function figuresOf(input: CreditInput, lines: readonly CreditLine[]): Result<CreditFigures, CreditProblem> {
  const { currency } = input.invoice.total
  const taxes: FinalisedTax[] = []
  for (const left of ratesLeft(input)) {
    const own = lines.filter((line) => isSameRate(rateOf(line), left))
    if (own.length === 0) continue
    const base = sum(
      currency,
      own.map((line) => line.net),
    )
    if (!isWithin(base, left.base)) return err('credit-exceeds-invoice')
    taxes.push({ ...left, base, tax: taxOf(base, left) })
  }
  return totalled(input, lines, taxes)
}

/** The last credit of a rate takes what tax is left; one before it never more than that. */
function taxOf(base: Money, left: RateLeft): Money {
  if (base.minor === left.base.minor) return left.tax
  return within(multiply(base, left.rate.div(100)), left.tax)
}

/** An amount with its tax, spread over the rates by what is left of them (B6). */
function creditAmount(input: CreditInput, amount: Money): Result<CreditFigures, CreditProblem> {
  const { currency } = input.invoice.total
  invariant(amount.currency === currency, `creditNote: ${amount.currency} on an invoice in ${currency}`)
  const room = creditableRest(input)
  if (amount.minor <= 0n) return err('nothing-to-credit')
  if (amount.minor > room.minor) return err('credit-exceeds-invoice')
  if (amount.minor === room.minor) return figuresOf(input, restOf(input))

  const rates = ratesLeft(input).filter(({ base, tax }) => base.minor + tax.minor > 0n)
  const shares = allocate(
    amount,
    rates.map(({ base, tax }) => toDecimal(add(base, tax))),
  )
  const taxes = rates.flatMap((left, index) => {
    const share = shares[index] ?? zero(currency)
    return share.minor === 0n ? [] : [{ ...left, ...splitGross(share, left) }]
  })
  return totalled(
    input,
    taxes.map((tax) => amountLine(input, tax, tax.base)),
    taxes,
  )
}

/** Base and tax of a gross share, each within what is left of it. */
function splitGross(gross: Money, left: RateLeft): { base: Money; tax: Money } {
  const net = fromDecimal(toDecimal(gross).times(100).div(left.rate.plus(100)), gross.currency)
  const tax = within(subtract(gross, within(net, left.base)), left.tax)
  return { base: subtract(gross, tax), tax }
}

function totalled(input: CreditInput, lines: readonly CreditLine[], taxes: readonly FinalisedTax[]): Result<CreditFigures, CreditProblem> {
  const { currency } = input.invoice.total
  const net = sum(
    currency,
    taxes.map(({ base }) => base),
  )
  const tax = sum(
    currency,
    taxes.map((each) => each.tax),
  )
  const total = add(net, tax)
  if (total.minor <= 0n) return err('nothing-to-credit')
  // A rate below zero lowers what the others may give back.
  return total.minor > creditableRest(input).minor ? err('credit-exceeds-invoice') : ok({ lines, taxes, net, tax, total })
}
