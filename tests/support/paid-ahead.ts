import { bank, prepaidBalance } from '#app/domain/ledger/chart.ts'
import { creditSide, debitSide, entryOf, type Posting } from '#app/domain/ledger/postings.ts'
import type { BuyerMoney } from '#app/domain/ledger/rules.ts'

/** The shortest entry with a buyer in it: money that comes to the bank for its balance. */
export function paidAhead({ accountId, amount }: BuyerMoney): Posting[] {
  return entryOf([debitSide(bank, amount), creditSide(prepaidBalance, amount, accountId)])
}
