/** The running month of `zone` and the eleven before it, as `YYYY-MM`, newest first. */
export function recentMonths(now: Date, zone: string): string[] {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit' }).formatToParts(now)
  const part = (type: string) => Number(parts.find((candidate) => candidate.type === type)?.value)
  const index = part('year') * 12 + part('month') - 1
  return Array.from({ length: 12 }, (_, back) => `${Math.floor((index - back) / 12)}-${String(((index - back) % 12) + 1).padStart(2, '0')}`)
}
