import { type Money, money } from '#app/domain/money/money.ts'
import { toPublicId } from '#app/domain/shared/ids.ts'
import { addDays, type LocalDate } from '#app/domain/time/local-date.ts'
import type { InvoiceSeller } from './invoice-facts.ts'
import type { Language } from './languages.ts'
import type { PayoutEntryFacts, PayoutStatementFacts } from './statement-facts.ts'

/** A payout with what it is made of, in minor units of its currency. */
export type StatedPayout = {
  readonly payout: {
    readonly currency: string
    readonly through: LocalDate
    readonly taxMinor: bigint
    readonly freedMinor: bigint
    readonly offsetMinor: bigint
    readonly reserveMinor: bigint
    readonly payoutMinor: bigint
    readonly invoiceNumber: string | null
    readonly paidOn: LocalDate | null
    readonly createdAt: Date
  }
  readonly items: readonly {
    readonly occurredOn: LocalDate
    readonly kind: 'collected' | 'share' | 'tax'
    readonly paidMinor: bigint
    readonly chargeMinor: bigint
    readonly amountMinor: bigint
  }[]
}

type Wears = {
  readonly seller: InvoiceSeller
  readonly languages: readonly [Language, ...Language[]]
  /** The parent's IANA zone. */
  readonly zone: string
  readonly buyer: {
    readonly accountId: string
    readonly name: string
    readonly addressLines: readonly string[]
    readonly country: string
    readonly vatId: string | null
    readonly language: string
  }
}

/** What the statement of a payout says: every item in order of date, then what is kept, settled and freed. */
export function payoutFactsOf({ payout, items }: StatedPayout, wears: Wears): PayoutStatementFacts {
  const { currency, through, invoiceNumber, paidOn } = payout
  const own = (minor: bigint) => money(minor, currency)
  const { buyer, languages } = wears
  const last: PayoutEntryFacts[] = [
    entry(through, 'correction', own(payout.taxMinor)),
    entry(through, 'hold-released', own(payout.freedMinor)),
    entry(through, 'buy-price', own(-payout.offsetMinor)),
    entry(through, 'reserve-hold', own(-payout.reserveMinor)),
  ]
  const entries = [...items.flatMap((item) => entriesOf(item, own)), ...last].filter(({ amount }) => amount.minor !== 0n)
  return {
    language: languages.find((offered) => offered === buyer.language) ?? languages[0],
    zone: wears.zone,
    seller: wears.seller,
    buyer: {
      name: buyer.name,
      addressLines: buyer.addressLines,
      country: buyer.country,
      ...(buyer.vatId ? { taxId: buyer.vatId } : {}),
      customerNumber: toPublicId('account', buyer.accountId),
    },
    currency,
    periodStart: entries[0]?.date ?? through,
    periodEnd: addDays(through, 1),
    createdAt: payout.createdAt,
    ...(invoiceNumber ? { number: invoiceNumber } : {}),
    carriedOver: own(0n),
    entries,
    payout: own(payout.payoutMinor),
    ...(paidOn ? { payOn: paidOn } : {}),
  }
}

function entriesOf(
  { occurredOn, kind, paidMinor, chargeMinor, amountMinor }: StatedPayout['items'][number],
  own: (minor: bigint) => Money,
) {
  const isBack = amountMinor < 0n
  if (kind !== 'collected') return [entry(occurredOn, isBack ? 'chargeback' : 'collected', own(amountMinor))]
  return [entry(occurredOn, isBack ? 'chargeback' : 'collected', own(paidMinor)), entry(occurredOn, 'financial-charge', own(-chargeMinor))]
}

function entry(date: LocalDate, kind: PayoutEntryFacts['kind'], amount: Money): PayoutEntryFacts {
  return { date, kind, amount }
}
