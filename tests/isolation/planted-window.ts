/** The hour that whatever is planted falls into. */
export const windowStart = new Date('2026-09-01T00:00:00Z')
export const windowEnd = new Date('2026-09-01T01:00:00Z')
