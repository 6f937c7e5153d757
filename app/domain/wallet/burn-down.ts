import { Decimal } from '../money/decimal.ts'
import { fromDecimal, type Money, money, subtract, toDecimal } from '../money/money.ts'
import { lesser } from '../payment/payment.ts'
import { byUse, type CreditGrant, type GrantScope } from './credit-grant.ts'

/** What of a grant settles a document. */
export type GrantUse = { readonly grantId: string; readonly amount: Money }

/** What a document asks for: what is due of it, and what each scope may pay of that at most. */
export type Burden = { readonly due: Money; readonly within: Readonly<Record<GrantScope, Money>> }

/**
 * What of `grants` pays a document, in the order of use: never more than is due or than a grant has left, never of another currency, and of
 * a scope never more than its lines come to. Grants that pay nothing are left out.
 */
export function burnDown({ due, within }: Burden, grants: readonly CreditGrant[]): GrantUse[] {
  const uses: GrantUse[] = []
  const room = { ...within }
  let open = due
  for (const grant of grants.filter(({ remaining }) => remaining.currency === due.currency).toSorted(byUse)) {
    const amount = lesser(lesser(open, grant.remaining), grant.scope === 'all' ? open : room[grant.scope])
    if (amount.minor <= 0n) continue
    uses.push({ grantId: grant.id, amount })
    open = subtract(open, amount)
    if (grant.scope !== 'all') room[grant.scope] = subtract(room[grant.scope], amount)
  }
  return uses
}

type ScopedLine = { readonly kind: string; readonly net: Money; readonly taxRate: Decimal }

const kindsOf: Readonly<Record<Exclude<GrantScope, 'all'>, readonly string[]>> = {
  usage: ['usage'],
  fees: ['setup', 'recurring', 'renewal', 'cancellation'],
}

/**
 * What a document with `lines` asks for once credit notes settled `credited` of its `total`. A scope reaches what its lines come to with
 * their tax, rounded once, half away from zero; never below nothing.
 */
export function burdenOf(document: { readonly lines: readonly ScopedLine[]; readonly total: Money; readonly credited: Money }): Burden {
  const due = subtract(document.total, document.credited)
  return { due, within: { all: due, usage: grossOf(document, 'usage'), fees: grossOf(document, 'fees') } }
}

function grossOf({ lines, total }: { lines: readonly ScopedLine[]; total: Money }, scope: Exclude<GrantScope, 'all'>): Money {
  const gross = lines
    .filter(({ kind }) => kindsOf[scope].includes(kind))
    .reduce((sum, { net, taxRate }) => sum.plus(toDecimal(net).times(taxRate.plus(100)).div(100)), new Decimal(0))
  return gross.isNegative() ? money(0n, total.currency) : fromDecimal(gross, total.currency)
}

/** What of each use goes back so that `amount` does: the last use first. Never more than what stands of a use. */
export function giveBack(amount: Money, uses: readonly GrantUse[]): GrantUse[] {
  const back: GrantUse[] = []
  let left = amount
  for (const use of uses.toReversed()) {
    const part = lesser(left, use.amount)
    if (part.minor <= 0n) continue
    back.push({ grantId: use.grantId, amount: part })
    left = subtract(left, part)
  }
  return back
}
