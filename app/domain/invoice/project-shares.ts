import { allocate } from '../money/allocate.ts'
import { Decimal } from '../money/decimal.ts'
import { add, fromDecimal, type Money, money, subtract, sum, toDecimal } from '../money/money.ts'
import type { FinalisedLine } from './finalised-invoice.ts'

/**
 * What of a line belongs to one project, by the name that it had when the document was made; null for what was in none. Plain JSON:
 * minor units and decimals are texts. The shares of a line come to its net exactly.
 */
export type ProjectShare = {
  readonly project: string | null
  readonly netMinor: string
  readonly quantity: string
  readonly includedQuantity: string
  readonly billedQuantity: string
}

/** What was charged of one thing while it was in one project, or in none: amounts in major units, unrounded. */
export type PlacedSum = {
  readonly project: string | null
  readonly amount: Decimal
  readonly quantity: Decimal
  readonly includedQuantity: Decimal
  readonly billedQuantity: Decimal
}

type Quantities = Pick<FinalisedLine, 'quantity' | 'includedQuantity' | 'billedQuantity'>

/** A line that is shared out. `key` names the thing it shows. */
export type SharedLine = Quantities & {
  readonly id: string
  readonly key: string
  readonly kind: FinalisedLine['kind']
  readonly sectionAccountId: string
  readonly subscriptionId: string | null
  readonly net: Money
}

/**
 * The shares of each line by project, by the lines' ids: of what was charged in proportion to the charges, of a discount in proportion to the
 * lines it reduces. A share is rounded once; what rounding leaves goes to the largest.
 */
export function shareLines(
  lines: readonly SharedLine[],
  placed: ReadonlyMap<string, readonly PlacedSum[]>,
): ReadonlyMap<string, readonly ProjectShare[]> {
  const shares = new Map<string, readonly ProjectShare[]>()
  const charged = lines.filter(({ kind }) => kind !== 'discount')
  for (const line of charged) shares.set(line.id, chargedShares(line, placed.get(line.key) ?? []))
  for (const line of lines) if (line.kind === 'discount') shares.set(line.id, discountShares(line, charged, shares))
  return shares
}

function chargedShares(line: SharedLine, placed: readonly PlacedSum[]): ProjectShare[] {
  if (placed.length <= 1) return [wholeOf(line, placed[0]?.project ?? null)]
  const nets = splitNet(
    line.net,
    placed.map(({ amount }) => amount),
  )
  return placed.map((part, place) => shareOf(part.project, nets[place] ?? money(0n, line.net.currency), part))
}

/** `net` in proportion to `amounts`, which may be of both signs; what rounding leaves, or cannot be shared, goes to the largest. */
function splitNet(net: Money, amounts: readonly Decimal[]): Money[] {
  const whole = amounts.reduce((total, amount) => total.plus(amount), new Decimal(0))
  const nets = amounts.map((amount) =>
    whole.isZero() ? money(0n, net.currency) : fromDecimal(toDecimal(net).times(amount).div(whole), net.currency),
  )
  const largest = amounts.reduce((best, amount, place) => (amount.abs().gt(amounts[best]?.abs() ?? 0) ? place : best), 0)
  const left = subtract(net, sum(net.currency, nets))
  return nets.map((share, place) => (place === largest ? add(share, left) : share))
}

function discountShares(
  line: SharedLine,
  charged: readonly SharedLine[],
  shares: ReadonlyMap<string, readonly ProjectShare[]>,
): ProjectShare[] {
  const weights = new Map<string | null, Decimal>()
  const reduced = charged.filter(({ sectionAccountId, subscriptionId }) => {
    return sectionAccountId === line.sectionAccountId && (line.subscriptionId === null || subscriptionId === line.subscriptionId)
  })
  for (const { project, netMinor } of reduced.flatMap(({ id }) => shares.get(id) ?? []))
    weights.set(project, (weights.get(project) ?? new Decimal(0)).plus(new Decimal(netMinor).abs()))
  const used = [...weights].filter(([, weight]) => !weight.isZero())
  if (used.length <= 1) return [wholeOf(line, used[0]?.[0] ?? null)]
  const nets = allocate(
    line.net,
    used.map(([, weight]) => weight),
  )
  return used.map(([project], place) => shareOf(project, nets[place] ?? money(0n, line.net.currency), line))
}

function wholeOf(line: SharedLine, project: string | null): ProjectShare {
  return shareOf(project, line.net, line)
}

function shareOf(project: string | null, net: Money, { quantity, includedQuantity, billedQuantity }: Quantities): ProjectShare {
  return {
    project,
    netMinor: net.minor.toString(),
    quantity: quantity.toFixed(),
    includedQuantity: includedQuantity.toFixed(),
    billedQuantity: billedQuantity.toFixed(),
  }
}

/** Lines of one user in one project; a line that was in several stands in each with its share. */
export type ProjectSection = {
  readonly accountId: string
  readonly name: string
  readonly project: string | null
  readonly lines: readonly FinalisedLine[]
  readonly net: Money
}

/** The lines of a document by user and project, projects by name and what is in none last; null where it is not told apart by project. */
export function projectSections(lines: readonly FinalisedLine[], currency: string): ProjectSection[] | null {
  if (!lines.some(({ subject }) => subject.projects)) return null
  const parts = lines.flatMap((line) => (line.subject.projects ?? [null]).map((share) => partOf(line, share)))
  const accountIds = [...new Set(parts.map(({ line }) => line.sectionAccountId))]
  return accountIds.flatMap((accountId) => {
    const own = parts.filter(({ line }) => line.sectionAccountId === accountId)
    const projects = [...new Set(own.map(({ project }) => project))].sort(byName)
    return projects.map((project) => {
      const within = own.filter((part) => part.project === project).map(({ line }) => line)
      const nets = within.map(({ net }) => net)
      return { accountId, name: within[0]?.subject.section ?? '', project, lines: within, net: sum(currency, nets) }
    })
  })
}

function partOf(line: FinalisedLine, share: ProjectShare | null): { readonly project: string | null; readonly line: FinalisedLine } {
  if (!share) return { project: null, line }
  const { project, netMinor, quantity, includedQuantity, billedQuantity } = share
  const quantities = {
    quantity: new Decimal(quantity),
    includedQuantity: new Decimal(includedQuantity),
    billedQuantity: new Decimal(billedQuantity),
  }
  return { project, line: { ...line, ...quantities, net: money(BigInt(netMinor), line.net.currency) } }
}

function byName(a: string | null, b: string | null): number {
  if (a === b) return 0
  if (a === null || b === null) return a === null ? 1 : -1
  return a < b ? -1 : 1
}
