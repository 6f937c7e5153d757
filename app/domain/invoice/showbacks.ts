import { Decimal } from '../money/decimal.ts'
import { fromDecimal, type Money, money, sum, toDecimal, zero } from '../money/money.ts'
import type { FinalisedInvoice, FinalisedLine, FinalisedTax } from './finalised-invoice.ts'

export type ShowbackFacts = {
  readonly accountId: string
  readonly name: string
  readonly net: Money
  /** Its part of the document's tax. */
  readonly tax: Money
  readonly lines: readonly FinalisedLine[]
}

/**
 * What each user of a document used that does not pay it itself: one per section, in their order. Nets and taxes, with those of the payer's own
 * section, add up to the document's.
 */
export function showbacksOf(document: Pick<FinalisedInvoice, 'accountId' | 'lines' | 'taxes' | 'net'>): ShowbackFacts[] {
  const { accountId, lines, net } = document
  const taxes = taxOfSections(document)
  return [...taxes.keys()]
    .filter((user) => user !== accountId)
    .map((user) => {
      const own = lines.filter((line) => line.sectionAccountId === user)
      const nets = own.map((line) => line.net)
      const tax = taxes.get(user) ?? zero(net.currency)
      return { accountId: user, name: own[0]?.subject.section ?? '', net: sum(net.currency, nets), tax, lines: own }
    })
}

/**
 * The tax of a document by its sections, in minor units. Tax is rounded once per rate (B7): each section takes what the exact tax up to and with
 * it comes to, rounded half away from zero, less what those before it took; the last of a rate takes what is left.
 */
function taxOfSections({ lines, taxes, net }: Pick<FinalisedInvoice, 'lines' | 'taxes' | 'net'>): Map<string, Money> {
  const sections = [...new Set(lines.map((line) => line.sectionAccountId))]
  const shares = new Map(sections.map((section) => [section, 0n]))
  for (const { tax, ...rate } of taxes) {
    const taxed = lines.filter((line) => line.taxCategory === rate.category && line.taxRate.eq(rate.rate))
    const users = sections.filter((section) => taxed.some((line) => line.sectionAccountId === section))
    let exact = new Decimal(0)
    let taken = 0n
    for (const [place, user] of users.entries()) {
      exact = exact.plus(exactTax(taxed, user, rate))
      const through = place === users.length - 1 ? tax.minor : fromDecimal(exact, net.currency).minor
      shares.set(user, (shares.get(user) ?? 0n) + through - taken)
      taken = through
    }
  }
  return new Map([...shares].map(([section, minor]) => [section, money(minor, net.currency)]))
}

function exactTax(taxed: readonly FinalisedLine[], user: string, { rate, base }: Omit<FinalisedTax, 'tax'>): Decimal {
  const nets = taxed.filter((line) => line.sectionAccountId === user).map((line) => line.net)
  return toDecimal(sum(base.currency, nets)).times(rate).div(100)
}
