/** The query of a request. Lists keep their filters there, so that every view has an address. */
export function filterOf(request: Request): URLSearchParams {
  return new URL(request.url).searchParams
}

/** `text` when it is one of `values`; anything else filters nothing. */
export function oneOf<const T extends string>(values: readonly T[], text: string | null): T | undefined {
  return values.find((value) => value === text)
}

/** The page asked for, 1 being the first; at most 10,000. */
export function pageOf(search: URLSearchParams): number {
  const page = Number(search.get('page') ?? 1)
  return Number.isInteger(page) && page >= 1 && page <= 10_000 ? page : 1
}

/** `YYYY-MM` when it is a month. */
export function monthOf(text: string | null): string | undefined {
  return text && /^20\d{2}-(0[1-9]|1[0-2])$/.test(text) ? text : undefined
}

/** `YYYY-MM-DD` when it is a day of the calendar. */
export function dayOf(text: string | null): string | undefined {
  if (!text || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined
  const day = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text) ? text : undefined
}

/** `text` when it is an identifier of ours. */
export function idOf(text: string | null): string | undefined {
  return text && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text) ? text : undefined
}
