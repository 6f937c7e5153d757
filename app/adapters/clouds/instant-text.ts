const shape = /^(\d{4})-(\d{2})-(\d{2})(?:T|'T'| )(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?\s?(Z|[+-]\d{2}:?\d{2})?$/

/**
 * An instant from the date forms clouds write: `2026-11-01T00:00:00+0530`, `2026-11-01'T'00:00:00+00:00` (CloudStack up to 4.19
 * prints the quotes), `…Z`. Without an offset the text is UTC only where `assumeUtc` says so, else it is unreadable.
 * Digits below the millisecond are dropped. No cloud metered before 2000, and none reports beyond 2100: such dates are unreadable.
 */
export function readInstant(text: string | undefined, { assumeUtc = false } = {}): Date | undefined {
  const match = shape.exec(text?.trim() ?? '')
  if (!match) return undefined
  const [, year, month, day, hour, minute, second, fraction = '', offset] = match
  if (offset === undefined && !assumeUtc) return undefined

  const milliseconds = fraction.padEnd(3, '0').slice(0, 3)
  const local = `${year}-${month}-${day}T${hour}:${minute}:${second}.${milliseconds}Z`
  const asUtc = new Date(local)
  // A day that does not exist (30 February) is rolled over by some engines; the round trip tells.
  if (Number.isNaN(asUtc.getTime()) || asUtc.toISOString() !== local) return undefined
  const offsetMinutes = readOffset(offset)
  if (offsetMinutes === undefined || Number(year) < 2000 || Number(year) > 2100) return undefined
  return new Date(asUtc.getTime() - offsetMinutes * 60_000)
}

function readOffset(offset: string | undefined): number | undefined {
  if (offset === undefined || offset === 'Z') return 0
  const hours = Number(offset.slice(1, 3))
  const minutes = Number(offset.slice(-2))
  if (hours > 18 || minutes > 59) return undefined
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes)
}
