import { Decimal } from '../money/decimal.ts'
import { fromDecimal, type Money, money, subtract, sum, toDecimal } from '../money/money.ts'
import { lesser } from '../payment/payment.ts'
import { byUse, type CreditGrant, type GrantScope } from './credit-grant.ts'

/** What of a grant settles a document. */
export type GrantUse = { readonly grantId: string; readonly amount: Money }

/** What a document asks for: what is due of it, and what each scope may pay of that at most. */
export type Burden = {
  readonly due: Money
  readonly within: Readonly<Record<Exclude<GrantScope, 'products'>, Money>>
  /** What the lines of single products come to; none where no grant asks for it. */
  readonly ofProducts?: ReadonlyMap<string, Money>
}

/**
 * What of `grants` pays a document, in the order of use: never more than is due or than a grant has left, never of another currency, and of
 * a scope never more than its lines come to. Grants that pay nothing are left out.
 */
export function burnDown({ due, within, ofProducts = new Map() }: Burden, grants: readonly CreditGrant[]): GrantUse[] {
  const uses: GrantUse[] = []
  const room = { ...within }
  const products = new Map(ofProducts)
  let open = due
  for (const grant of grants.filter(({ remaining }) => remaining.currency === due.currency).toSorted(byUse)) {
    const amount = lesser(lesser(open, grant.remaining), roomOf(grant, { open, room, products }))
    if (amount.minor <= 0n) continue
    uses.push({ grantId: grant.id, amount })
    open = subtract(open, amount)
    if (grant.scope === 'products') takeFrom(products, { productIds: grant.productIds ?? [], amount })
    else if (grant.scope !== 'all') room[grant.scope] = subtract(room[grant.scope], amount)
  }
  return uses
}

type Rooms = { readonly open: Money; readonly room: Burden['within']; readonly products: ReadonlyMap<string, Money> }

/** How much of a document is left for a grant. */
function roomOf({ scope, productIds = [] }: CreditGrant, { open, room, products }: Rooms): Money {
  if (scope === 'all') return open
  if (scope !== 'products') return room[scope]
  return sum(
    open.currency,
    productIds.flatMap((id) => products.get(id) ?? []),
  )
}

/** Takes an amount off what is left of products, in their order. */
function takeFrom(products: Map<string, Money>, { productIds, amount }: { productIds: readonly string[]; amount: Money }): void {
  let left = amount
  for (const id of productIds) {
    const part = lesser(left, products.get(id) ?? money(0n, left.currency))
    products.set(id, subtract(products.get(id) ?? part, part))
    left = subtract(left, part)
  }
}

type ScopedLine = { readonly kind: string; readonly net: Money; readonly taxRate: Decimal }

type KindScope = Exclude<GrantScope, 'all' | 'products'>

const kindsOf: Readonly<Record<KindScope, readonly string[]>> = {
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

/**
 * What the lines of each product come to with their tax, fees and usage together, rounded once; never below nothing. `productOf` knows the
 * product of a line by its id; lines without one are left out.
 */
export function grossOfProducts(
  lines: readonly (ScopedLine & { readonly id: string })[],
  { productOf, currency }: { readonly productOf: ReadonlyMap<string, string>; readonly currency: string },
): Map<string, Money> {
  const kinds = [...kindsOf.usage, ...kindsOf.fees]
  const byProduct = new Map<string, ScopedLine[]>()
  for (const line of lines) {
    const productId = productOf.get(line.id)
    if (productId && kinds.includes(line.kind)) byProduct.set(productId, [...(byProduct.get(productId) ?? []), line])
  }
  return new Map([...byProduct].map(([productId, own]) => [productId, withTax(own, currency)]))
}

function grossOf({ lines, total }: { lines: readonly ScopedLine[]; total: Money }, scope: KindScope): Money {
  return withTax(
    lines.filter(({ kind }) => kindsOf[scope].includes(kind)),
    total.currency,
  )
}

function withTax(lines: readonly ScopedLine[], currency: string): Money {
  const gross = lines.reduce((all, { net, taxRate }) => all.plus(toDecimal(net).times(taxRate.plus(100)).div(100)), new Decimal(0))
  return gross.isNegative() ? money(0n, currency) : fromDecimal(gross, currency)
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
