import type { Decimal } from '../money/decimal.ts'
import { add, fromDecimal, type Money, multiply, subtract, toDecimal } from '../money/money.ts'
import { financialChargeOn, settleBillingDay } from './delegated.ts'
import { shareOf } from './payout-rule.ts'
import type { SettlementSettings } from './settings.ts'
import { modelOf } from './settlement-effect.ts'
import { payableOf } from './share-of-paid.ts'

/** What a person is told of settings: which sentence, and figures line by line. Labels are codes. */
export type WorkedExample = {
  readonly sentence: 'showback' | 'share-of-paid' | 'share-paid-out' | 'collected' | 'invoiced'
  readonly rows: readonly { readonly label: ExampleLabel; readonly amount: Money }[]
  /** The rule asks for a price of the parent that is not known. */
  readonly lacksPrice: boolean
}

export type ExampleLabel =
  | 'paid'
  | 'sold'
  | 'price'
  | 'purchases'
  | 'fee'
  | 'invoice'
  | 'payable'
  | 'keeps'
  | 'share'
  | 'parentKeeps'
  | 'charge'
  | 'held'
  | 'offset'
  | 'open'
  | 'payout'
  | 'reserve'
  | 'rated'

/** Net of what customers pay, and of what it costs at the parent's prices. */
export type ExampleFigures = { readonly paid: Money; readonly purchases: Money }

type Rows = WorkedExample['rows']

/** What the settings do with one month's figures, by the functions that also do it with real ones. */
export function workedExample(settings: SettlementSettings, figures: ExampleFigures): WorkedExample {
  const model = modelOf(settings)
  if (model === 'showback') return told('showback', [{ label: 'rated', amount: figures.purchases }])
  if (model === 'share-of-paid') return payable(settings, figures)
  if (model === 'share-paid-out') return sharing(settings, figures)
  return settings.collectsPayments === 'parent' ? collecting(settings, figures) : invoicing(settings, figures)
}

function told(sentence: WorkedExample['sentence'], rows: Rows): WorkedExample {
  return { sentence, rows, lacksPrice: false }
}

function payable(settings: SettlementSettings, { paid, purchases }: ExampleFigures): WorkedExample {
  const share = settings.payoutRule && exactShare(settings, { paid, purchases })
  const owed = share
    ? subtract(paid, fromDecimal(share, paid.currency))
    : fromDecimal(payableOf([{ scope: 'recurring', net: toDecimal(paid) }], settings.discounts), paid.currency)
  return told('share-of-paid', [
    { label: 'paid', amount: paid },
    { label: 'payable', amount: owed },
    { label: 'keeps', amount: subtract(paid, owed) },
  ])
}

function sharing(settings: SettlementSettings, { paid, purchases }: ExampleFigures): WorkedExample {
  const exact = exactShare(settings, { paid, purchases })
  if (exact === null) return { ...told('share-paid-out', [{ label: 'sold', amount: paid }]), lacksPrice: true }
  const share = fromDecimal(exact, paid.currency)
  const reserve = multiply(share, settings.reservePercent.div(100))
  return told('share-paid-out', [
    { label: 'sold', amount: paid },
    { label: 'price', amount: purchases },
    { label: 'share', amount: share },
    ...(reserve.minor === 0n ? [] : [{ label: 'reserve' as const, amount: reserve }]),
    { label: 'payout', amount: subtract(share, reserve) },
    { label: 'parentKeeps', amount: subtract(paid, share) },
  ])
}

function exactShare({ payoutRule }: SettlementSettings, { paid, purchases }: ExampleFigures): Decimal | null {
  if (!payoutRule) return null
  const share = shareOf(payoutRule, { sell: toDecimal(paid), buy: toDecimal(purchases), productCode: null })
  return share.ok ? share.value : null
}

function collecting(settings: SettlementSettings, { paid, purchases }: ExampleFigures): WorkedExample {
  const charge = financialChargeOn(paid, settings.financialChargeRate)
  const held = subtract(paid, charge)
  const fee = fromDecimal(settings.partnerFee, paid.currency)
  const day = settleBillingDay({ purchases, partnerFee: fee, held })
  const reserve = multiply(day.payout, settings.reservePercent.div(100))
  return told('collected', [
    { label: 'paid', amount: paid },
    { label: 'charge', amount: charge },
    { label: 'held', amount: held },
    { label: 'invoice', amount: day.invoice },
    { label: 'offset', amount: day.offset },
    ...(day.open.minor === 0n ? [] : [{ label: 'open' as const, amount: day.open }]),
    ...(reserve.minor === 0n ? [] : [{ label: 'reserve' as const, amount: reserve }]),
    { label: 'payout', amount: subtract(day.payout, reserve) },
  ])
}

function invoicing(settings: SettlementSettings, { paid, purchases }: ExampleFigures): WorkedExample {
  const fee = fromDecimal(settings.partnerFee, paid.currency)
  const invoice = add(purchases, fee)
  return told('invoiced', [
    { label: 'paid', amount: paid },
    { label: 'purchases', amount: purchases },
    ...(fee.minor === 0n ? [] : [{ label: 'fee' as const, amount: fee }]),
    { label: 'invoice', amount: invoice },
    { label: 'keeps', amount: subtract(paid, invoice) },
  ])
}
