/** The most pieces one order may have. */
export const mostPieces = 20

/** How many are wanted as typed: one where nothing is; null for anything but a whole number from one to what an order may have. */
export function typedQuantity(text: string | null | undefined): number | null {
  const typed = text?.trim() ?? ''
  if (typed === '') return 1
  const quantity = /^\d{1,3}$/.test(typed) ? Number(typed) : 0
  return quantity >= 1 && quantity <= mostPieces ? quantity : null
}

/** The longest name of a host. */
const longest = 63

/**
 * Names of `count` of the same: the name itself for one; for several they are numbered from the number `name` ends in, or from 1, leaving
 * out what is taken. Shortened where the number would make one longer than the name of a host may be.
 */
export function numberedNames(name: string, { count, taken }: { readonly count: number; readonly taken: readonly string[] }): string[] {
  if (count === 1) return [name]
  const base = name.replace(/-\d{1,6}$/, '')
  const isTaken = new Set(taken)
  const names: string[] = []
  for (let number = Number(name.slice(base.length + 1) || '1'); names.length < count; number += 1) {
    const end = `-${number}`
    const next = `${base.slice(0, longest - end.length).replace(/-+$/, '')}${end}`
    if (!isTaken.has(next)) names.push(next)
  }
  return names
}

export type PieceState = 'placed' | 'provisioning' | 'active' | 'failed' | 'refused'

/**
 * Where an order of several pieces stands: under way as long as one of them is, done where one of them runs, else as its first one ended.
 */
export function stateOfPieces(states: readonly PieceState[]): PieceState {
  if (states.every((state) => state === 'placed')) return 'placed'
  if (states.some((state) => state === 'placed' || state === 'provisioning')) return 'provisioning'
  return states.includes('active') ? 'active' : (states[0] ?? 'placed')
}
