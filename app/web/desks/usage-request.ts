import { type Tag, typedTag } from '#app/domain/project/tags.ts'
import { type UsageGrouping, usageGroupings } from '#app/domain/project/usage-grouping.ts'
import { addDays, daysBetween, type LocalDate } from '#app/domain/time/local-date.ts'
import { dayOf, idOf, monthOf, oneOf } from '../request/filters.ts'

/** The longest period that is looked at at once, in days. */
const longest = 366

export type AskedUsage = {
  readonly from: LocalDate
  readonly to: LocalDate
  readonly zone: string
  readonly language: string
  readonly by: UsageGrouping
  /** The label that charges are put together by. */
  readonly tagKey: string | undefined
  readonly projectId: string | undefined
  readonly tag: Tag | undefined
  readonly resourceId: string | undefined
  readonly productId: string | undefined
  readonly meter: string | undefined
  readonly currency: string | undefined
}

/** The running month to its day unless the address says otherwise: days, or a whole month. Ends before its beginning are turned round. */
function daysOf(search: URLSearchParams, today: LocalDate): { from: LocalDate; to: LocalDate } {
  const month = monthOf(search.get('month'))
  const first = month ? `${month}-01` : `${today.slice(0, 7)}-01`
  const last = month ? addDays(`${addDays(first, 31).slice(0, 7)}-01`, -1) : today
  const [a, b] = [dayOf(search.get('from')) ?? first, dayOf(search.get('to')) ?? last]
  const [from, to] = a <= b ? [a, b] : [b, a]
  return daysBetween(from, to) < longest ? { from, to } : { from: addDays(to, 1 - longest), to }
}

/** What an address of the usage pages asks for; what makes no sense filters nothing. */
export function usageOf(
  search: URLSearchParams,
  { today, zone, language }: { today: LocalDate; zone: string; language: string },
): AskedUsage {
  const project = search.get('project')
  const meter = search.get('meter')
  return {
    ...daysOf(search, today),
    zone,
    language,
    by: oneOf(usageGroupings, search.get('by')) ?? 'what',
    tagKey: search.get('key')?.slice(0, 40) || undefined,
    projectId: project === 'none' ? 'none' : idOf(project),
    tag: typedTag(search.get('tag') ?? ''),
    resourceId: idOf(search.get('resource')),
    productId: idOf(search.get('product')),
    meter: meter && /^[a-z0-9._-]{1,60}$/i.test(meter) ? meter : undefined,
    currency: /^[A-Z]{3}$/.exec(search.get('currency') ?? '')?.[0],
  }
}
