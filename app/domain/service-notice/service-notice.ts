export const serviceNoticeKinds = ['maintenance', 'disruption'] as const
export type ServiceNoticeKind = (typeof serviceNoticeKinds)[number]

export const serviceNoticeStates = ['planned', 'ongoing', 'resolved'] as const
export type ServiceNoticeState = (typeof serviceNoticeStates)[number]

/** Where services are affected: a region, one of one cloud, or everywhere. */
export type ServicePlace = { readonly zone: string | null; readonly cloudRef: string | null }

/** Maintenance that is planned, or a disruption; `endsAt` is expected. */
export type ServiceNotice = ServicePlace & {
  readonly id: string
  readonly kind: ServiceNoticeKind
  readonly title: string
  readonly state: ServiceNoticeState
  readonly startsAt: Date
  readonly endsAt: Date | null
}

export type ServiceNoticeProblem = 'ends-before-start' | 'planned-in-past' | 'resolved-before'

/** Why a new notice cannot go out; null when it can. What is planned begins later than `now`. */
export function noticeProblem(
  { state, startsAt, endsAt }: Pick<ServiceNotice, 'state' | 'startsAt' | 'endsAt'>,
  now: Date,
): ServiceNoticeProblem | null {
  if (endsAt !== null && endsAt <= startsAt) return 'ends-before-start'
  return state === 'planned' && startsAt <= now ? 'planned-in-past' : null
}
