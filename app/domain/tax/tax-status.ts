import type { LocalDate } from '../time/local-date.ts'

/**
 * What a seller's tax depends on beside its own country, each over a span of days:
 * - `country`: registered for the tax of another country, which its consumers there then pay;
 * - `oss`: registered for the One Stop Shop (a seller outside the EU: its non-Union scheme);
 * - `below-threshold`: sells less than 10,000 EUR a year to consumers in other member states and charges its own rate (art. 59c);
 * - `small-business`: charges no tax at all;
 * - `domestic-reverse-charge`: businesses at home account for the tax themselves.
 */
export const registrationKinds = ['country', 'oss', 'below-threshold', 'small-business', 'domestic-reverse-charge'] as const
export type RegistrationKind = (typeof registrationKinds)[number]

/** `country` only of the kind of that name; `to` is exclusive. */
export type TaxRegistration = {
  readonly kind: RegistrationKind
  readonly country: string | null
  readonly from: LocalDate
  readonly to: LocalDate | null
}

/** On what ground a certificate frees its holder. */
export const exemptionGrounds = ['diplomatic', 'international-body', 'public-body', 'charity', 'other'] as const
export type ExemptionGround = (typeof exemptionGrounds)[number]

/** A certificate that frees a buyer of the tax of `country`; `to` is exclusive. */
export type TaxExemption = { readonly country: string; readonly from: LocalDate; readonly to: LocalDate | null }

type Span = { readonly from: LocalDate; readonly to: LocalDate | null }

/** Whether `span` covers the day. */
export function isInForceOn({ from, to }: Span, on: LocalDate): boolean {
  return from <= on && (to === null || on < to)
}

/** Whether a registration of that kind is in force; `country` narrows it. */
export function hasRegistration(
  registrations: readonly TaxRegistration[],
  { kind, country, on }: { readonly kind: RegistrationKind; readonly country?: string; readonly on: LocalDate },
): boolean {
  return registrations.some((row) => row.kind === kind && (country === undefined || row.country === country) && isInForceOn(row, on))
}
