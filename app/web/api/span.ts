import { daysBetween, type LocalDate } from '#app/domain/time/local-date.ts'

const mostDays = 3_660

/** Whether days from one to a later one can be asked for at once: ten years at most. */
export function isPossibleSpan({ from, to }: { readonly from: LocalDate; readonly to: LocalDate }): boolean {
  const days = daysBetween(from, to) + 1
  return days >= 1 && days <= mostDays
}
