import type { PieceState } from '../catalog/order-pieces.ts'

/** A piece of an application: how its order goes, and its server once there is one. */
export type PieceStanding = {
  readonly order: PieceState
  readonly server: 'building' | 'running' | 'stopped' | 'failed' | 'deleted' | null
}

/**
 * How an application stands as a whole: `building` while a piece is under way, `running` or `stopped` when all of it is, `partial` where
 * some of it runs and some does not, `failed` where nothing was built, `removed` when nothing is left.
 */
export const applicationStates = ['building', 'running', 'partial', 'stopped', 'failed', 'removed'] as const
export type ApplicationState = (typeof applicationStates)[number]

/** How the pieces stand together. */
export function stateOfApplication(pieces: readonly PieceStanding[]): ApplicationState {
  const present = pieces.filter((piece) => !isGone(piece))
  if (present.length === 0) return pieces.some(({ server }) => server === 'deleted') ? 'removed' : 'failed'
  if (present.some(isUnderWay)) return 'building'
  if (present.every(({ server }) => server === 'running')) return 'running'
  if (present.every(({ server }) => server === 'stopped')) return 'stopped'
  return present.some(({ server }) => server === 'running') ? 'partial' : 'failed'
}

/** Whether a piece counts no more: it was taken away, or its order never led to a server that stands. */
export function isGone({ order, server }: PieceStanding): boolean {
  return server === 'deleted' || order === 'failed' || order === 'refused'
}

function isUnderWay({ order }: PieceStanding): boolean {
  return order === 'placed' || order === 'provisioning'
}
