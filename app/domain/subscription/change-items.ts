import { Decimal } from '../money/decimal.ts'
import type { FeeItem } from '../rating/fee-subscription.ts'
import { err, ok, type Result } from '../shared/result.ts'
import type { SubscriptionChange } from './subscription-change.ts'

/** A product that a bundle brings along, so many for each one of the bundle. */
export type BundleMember = { readonly productId: string; readonly quantity: Decimal }

export type ItemsToChange<Item extends FeeItem = FeeItem> = {
  readonly items: readonly Item[]
  /** When the term ends; new parts end with it. */
  readonly endsAt: Date | null
  /** Since when nothing runs; null while it does. */
  readonly pausedAt: Date | null
  /** What the main product brings along after the change: of the new plan, or of the present one. */
  readonly members: readonly BundleMember[]
}

/** What changes of the items: those that end at the instant, those that begin, and all of them afterwards. */
export type ChangedItems<Item extends FeeItem = FeeItem> = {
  readonly ended: readonly Item[]
  readonly begun: readonly FeeItem[]
  readonly after: readonly FeeItem[]
}

export type ChangeProblem = 'not-running' | 'not-paused' | 'nothing-changes' | 'add-on-already-there' | 'add-on-not-there' | 'changed-later'

/**
 * What `change` makes of the items of a subscription at `at`: dated parts end there and others begin, and nothing before it
 * moves. An upgrade ends the main part and begins another; a pause ends all parts and a resume begins the same ones
 * again; other prices do so with all parts. Refuses an instant before a part that has begun since then.
 */
export function changeItems<Item extends FeeItem>(
  facts: ItemsToChange<Item>,
  change: SubscriptionChange,
  at: Date,
): Result<ChangedItems<Item>, ChangeProblem> {
  const running = facts.items.filter((item) => isRunning(item, at))
  const isLater = facts.items.some((item) => item.startsAt.getTime() > at.getTime() && !isEmpty(item))
  const isEnd = change.kind === 'cancel' || change.kind === 'end'
  if (isLater && !isEnd) return err('changed-later')
  if (change.kind === 'resume') return resumed(facts, at)
  const isOff = isEnd && facts.pausedAt !== null
  if (!isOff && !running.some(({ role }) => role === 'main')) return err('not-running')
  if (change.kind === 'plan') return planned(facts, running, { productId: change.productId, at })
  if (change.kind === 'quantity') return counted(facts, running, { quantity: new Decimal(change.quantity), at })
  if (change.kind === 'prices') return repriced(facts, running, { priceVersionId: change.priceVersionId, at })
  if (change.kind === 'add-on') return added(facts, running, { productId: change.productId, quantity: new Decimal(change.quantity), at })
  if (change.kind === 'remove-add-on') return removed(facts, running, change.productId, at)
  const ended = isEnd ? facts.items.filter((item) => reachesBeyond(item, at)) : running
  return ok(outcome(facts, ended, [], at))
}

function planned<Item extends FeeItem>(
  facts: ItemsToChange<Item>,
  running: readonly Item[],
  { productId, at }: { productId: string; at: Date },
): Result<ChangedItems<Item>, ChangeProblem> {
  const main = running.find(({ role }) => role === 'main')
  if (!main || main.productId === productId) return err('nothing-changes')
  const begun = { productId, role: 'main', quantity: main.quantity, startsAt: at, endsAt: facts.endsAt, priceVersionId: null } as const
  return ok(outcome(facts, partsOfPlan(running), [begun, ...brought(facts, begun)], at))
}

function counted<Item extends FeeItem>(
  facts: ItemsToChange<Item>,
  running: readonly Item[],
  { quantity, at }: { quantity: Decimal; at: Date },
): Result<ChangedItems<Item>, ChangeProblem> {
  const main = running.find(({ role }) => role === 'main')
  if (!main || main.quantity.eq(quantity)) return err('nothing-changes')
  const begun = { ...plain(main), quantity, startsAt: at, endsAt: facts.endsAt }
  return ok(outcome(facts, partsOfPlan(running), [begun, ...brought(facts, begun)], at))
}

/** Everything that runs goes on at other prices; a renewal that begins at the same instant stays one. */
function repriced<Item extends FeeItem>(
  facts: ItemsToChange<Item>,
  running: readonly Item[],
  { priceVersionId, at }: { priceVersionId: string | null; at: Date },
): Result<ChangedItems<Item>, ChangeProblem> {
  if (running.every((item) => item.priceVersionId === priceVersionId)) return err('nothing-changes')
  const begun = running.map((item) => {
    const isRenewal = item.isRenewal === true && item.startsAt.getTime() === at.getTime()
    return { ...plain(item), startsAt: at, priceVersionId, ...(isRenewal ? { isRenewal } : {}) }
  })
  return ok(outcome(facts, running, begun, at))
}

function added<Item extends FeeItem>(
  facts: ItemsToChange<Item>,
  running: readonly Item[],
  { productId, quantity, at }: { productId: string; quantity: Decimal; at: Date },
): Result<ChangedItems<Item>, ChangeProblem> {
  if (running.some((item) => item.productId === productId)) return err('add-on-already-there')
  const begun = { productId, role: 'add-on', quantity, startsAt: at, endsAt: facts.endsAt, priceVersionId: null } as const
  return ok(outcome(facts, [], [begun], at))
}

function removed<Item extends FeeItem>(
  facts: ItemsToChange<Item>,
  running: readonly Item[],
  productId: string,
  at: Date,
): Result<ChangedItems<Item>, ChangeProblem> {
  const ended = running.filter((item) => item.role === 'add-on' && item.productId === productId)
  return ended.length === 0 ? err('add-on-not-there') : ok(outcome(facts, ended, [], at))
}

function resumed<Item extends FeeItem>(facts: ItemsToChange<Item>, at: Date): Result<ChangedItems<Item>, ChangeProblem> {
  const { pausedAt, items, endsAt } = facts
  const ended = items.filter((item) => pausedAt !== null && item.endsAt?.getTime() === pausedAt.getTime() && !isEmpty(item))
  if (ended.length === 0) return err('not-paused')
  const begun = ended.map((item) => ({ ...plain(item), startsAt: at, endsAt }))
  return ok(outcome(facts, [], begun, at))
}

function outcome<Item extends FeeItem>(
  { items }: ItemsToChange<Item>,
  ended: readonly Item[],
  begun: readonly FeeItem[],
  at: Date,
): ChangedItems<Item> {
  const kept = items.map((item) => (ended.includes(item) ? { ...item, endsAt: later(item.startsAt, at) } : item))
  return { ended, begun, after: [...kept.filter((item) => !isEmpty(item)), ...begun] }
}

function brought({ members }: Pick<ItemsToChange, 'members'>, main: FeeItem): FeeItem[] {
  return members.map((member) => ({
    productId: member.productId,
    role: 'included',
    quantity: member.quantity.times(main.quantity),
    startsAt: main.startsAt,
    endsAt: main.endsAt,
    priceVersionId: null,
  }))
}

function partsOfPlan<Item extends FeeItem>(running: readonly Item[]): Item[] {
  return running.filter(({ role }) => role !== 'add-on')
}

function plain({ productId, role, quantity, startsAt, endsAt, priceVersionId }: FeeItem): FeeItem {
  return { productId, role, quantity, startsAt, endsAt, priceVersionId }
}

function isRunning(item: FeeItem, at: Date): boolean {
  return item.startsAt.getTime() <= at.getTime() && reachesBeyond(item, at)
}

function reachesBeyond({ endsAt }: FeeItem, at: Date): boolean {
  return endsAt === null || endsAt.getTime() > at.getTime()
}

function isEmpty({ startsAt, endsAt }: FeeItem): boolean {
  return endsAt !== null && endsAt.getTime() <= startsAt.getTime()
}

function later(a: Date, b: Date): Date {
  return a.getTime() >= b.getTime() ? a : b
}
