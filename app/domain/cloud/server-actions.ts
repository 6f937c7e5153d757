/** What switches a server on, off, or off and on again; it may be asked of several at once. */
export const powerActions = ['start', 'stop', 'reboot'] as const
export type PowerAction = (typeof powerActions)[number]

/** What may be done to a server; `resize` follows from a change of its plan and is nobody's own wish. */
export type ServerAction = PowerAction | 'destroy' | 'resize'

/** The states of a server in which an action makes sense. */
const possibleIn: Readonly<Record<ServerAction, readonly string[]>> = {
  start: ['stopped'],
  stop: ['running'],
  reboot: ['running'],
  destroy: ['running', 'stopped', 'failed'],
  resize: ['building', 'running', 'stopped'],
}

/** Whether `action` can be asked of a server in `state`. */
export function isPossible(action: ServerAction, state: string): boolean {
  return possibleIn[action].includes(state)
}

/** What a person may ask of a server in `state`, one thing at a time: nothing while something is under way, or where it is only metered. */
export function possibleActions(server: {
  readonly state: string
  readonly isManaged: boolean
  readonly pendingAction: string | null
}): (PowerAction | 'destroy')[] {
  if (!server.isManaged || server.pendingAction !== null) return []
  return [...powerActions, 'destroy' as const].filter((action) => isPossible(action, server.state))
}
