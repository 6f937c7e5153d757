import { Decimal } from '../money/decimal.ts'
import { err, ok, type Result } from '../shared/result.ts'

/** How a member belongs to a bundle: part of its price, offered beside at its own, or given free of charge. */
export const memberRoles = ['included', 'optional', 'complimentary'] as const
export type MemberRole = (typeof memberRoles)[number]

/** `quantity` of the member for each one of the bundle. */
export type BundleItem = {
  readonly bundleId: string
  readonly memberId: string
  readonly quantity: Decimal
  readonly role: MemberRole
  readonly position: number
}

export type BundleProblem = 'contains-itself' | 'member-twice' | 'quantity-not-positive'

/**
 * Whether `members` may be the content of `bundleId`, given what all bundles contain. Refuses a bundle that contains itself, be
 * it through others, a member that comes twice, and a quantity of zero or less.
 */
export function checkBundle(
  bundleId: string,
  members: readonly BundleItem[],
  all: readonly BundleItem[],
): Result<readonly BundleItem[], BundleProblem> {
  if (members.some(({ quantity }) => !quantity.gt(0))) return err('quantity-not-positive')
  if (new Set(members.map(({ memberId }) => memberId)).size < members.length) return err('member-twice')
  const others = all.filter((item) => item.bundleId !== bundleId)
  return reaches(bundleId, members, others) ? err('contains-itself') : ok(members)
}

function reaches(bundleId: string, members: readonly BundleItem[], others: readonly BundleItem[]): boolean {
  const seen = new Set<string>()
  const open = members.map(({ memberId }) => memberId)
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (id === bundleId) return true
    if (seen.has(id)) continue
    seen.add(id)
    open.push(...others.filter((item) => item.bundleId === id).map(({ memberId }) => memberId))
  }
  return false
}

/** A part of a subscription as an order begins it. An included one is charged 0.00 and stands on the invoice. */
export type OrderedItem = { readonly productId: string; readonly role: 'main' | 'add-on' | 'included'; readonly quantity: Decimal }

export type OrderOfBundle = {
  readonly productId: string
  readonly quantity: Decimal
  /** What every bundle contains. */
  readonly bundleItems: readonly BundleItem[]
  /** Optional members the buyer takes. */
  readonly chosen: readonly string[]
}

/**
 * The parts a subscription consists of when the product is ordered: the product itself, what it includes or gives free, as deep
 * as bundles contain bundles, and the options that were chosen. One product comes once, its quantities added up, and included
 * before optional. Refuses an option that the bundle does not offer.
 */
export function itemsOfOrder({
  productId,
  quantity,
  bundleItems,
  chosen,
}: OrderOfBundle): Result<readonly OrderedItem[], 'option-not-offered'> {
  const { included, optional } = contentsOf({ productId, quantity, bundleItems })
  const taken = [...new Set(chosen)].filter((id) => !included.has(id))
  if (taken.some((id) => !optional.has(id))) return err('option-not-offered')
  return ok([
    { productId, role: 'main', quantity },
    ...[...included].map(([id, count]): OrderedItem => ({ productId: id, role: 'included', quantity: count })),
    ...taken.map((id): OrderedItem => ({ productId: id, role: 'add-on', quantity: optional.get(id) ?? none })),
  ])
}

/** How many of which product come with an order, and what can be taken beside it; nothing is in both. */
export type BundleContents = { readonly included: ReadonlyMap<string, Decimal>; readonly optional: ReadonlyMap<string, Decimal> }

/** What `quantity` of a product contain and offer, as deep as bundles contain bundles, in the order of the bundle. */
export function contentsOf({ productId, quantity, bundleItems }: Omit<OrderOfBundle, 'chosen'>): BundleContents {
  const included = new Map<string, Decimal>()
  const optional = new Map<string, Decimal>()
  const gather = (bundleId: string, times: Decimal, path: readonly string[]) => {
    for (const item of membersOf(bundleId, bundleItems)) {
      if (path.includes(item.memberId)) continue
      const count = times.times(item.quantity)
      if (item.role === 'optional') {
        optional.set(item.memberId, (optional.get(item.memberId) ?? none).plus(count))
        continue
      }
      included.set(item.memberId, (included.get(item.memberId) ?? none).plus(count))
      gather(item.memberId, count, [...path, item.memberId])
    }
  }
  gather(productId, quantity, [productId])
  for (const id of included.keys()) optional.delete(id)
  return { included, optional }
}

/**
 * The product that says which server an order builds: the main one where that is a plan, else the first plan it includes. Null
 * for an order of services alone.
 */
export function serverPartOf<Part extends Pick<OrderedItem, 'productId' | 'role'>>(
  items: readonly Part[],
  isPlan: (productId: string) => boolean,
): string | null {
  const plans = items.filter(({ role, productId }) => role !== 'add-on' && isPlan(productId))
  return (plans.find(({ role }) => role === 'main') ?? plans[0])?.productId ?? null
}

const none = new Decimal(0)

function membersOf(bundleId: string, items: readonly BundleItem[]): BundleItem[] {
  return items.filter((item) => item.bundleId === bundleId).sort((a, b) => a.position - b.position)
}
