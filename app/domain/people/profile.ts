import { err, ok, type Result } from '../shared/result.ts'

/**
 * A telephone number as a person writes it, with single blanks; null for none. Refuses what holds other than digits, blanks and `+ - ( ) . /`,
 * and fewer than five or more than fifteen digits (ITU-T E.164 has fifteen at most).
 */
export function readPhone(text: string): Result<string | null, 'phone'> {
  const phone = text.trim().replace(/\s+/g, ' ')
  if (phone === '') return ok(null)
  const digits = phone.replace(/\D/g, '').length
  return /^\+?[\d ()./-]+$/.test(phone) && digits >= 5 && digits <= 15 && phone.length <= 40 ? ok(phone) : err('phone')
}

/** An IANA time zone that this installation knows; null for none. */
export function readTimeZone(text: string): Result<string | null, 'time-zone'> {
  if (text === '') return ok(null)
  return timeZones().includes(text) ? ok(text) : err('time-zone')
}

/** Every time zone a person may choose, by name. */
export function timeZones(): string[] {
  return ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')]
}
