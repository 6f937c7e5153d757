import { findTenantBySlug, type TenantRow } from '#app/db/sellers/tenants.server.ts'
import { isCurrency } from '#app/domain/money/currency.ts'
import { typedAmount } from '#app/domain/money/typed-amount.ts'
import { fromPublicId } from '#app/domain/shared/ids.ts'
import { wrongUse } from './command.ts'

/** An ISO 3166 country, two capital letters. */
export function country(text: string): string {
  return /^[A-Z]{2}$/.test(text) ? text : wrongUse(`"${text}" is not a country code such as AT`)
}

/** An ISO 4217 currency. */
export function currency(text: string): string {
  return isCurrency(text) ? text : wrongUse(`"${text}" is not a currency code such as EUR`)
}

/** A time zone of the IANA list. */
export function timeZone(text: string): string {
  return Intl.supportedValuesOf('timeZone').includes(text) || text === 'UTC'
    ? text
    : wrongUse(`"${text}" is not a time zone such as Europe/Vienna`)
}

/** An e-mail address, as far as its shape tells. */
export function email(text: string): string {
  return /^[^\s@]+@[^\s@]+$/.test(text) ? text : wrongUse(`"${text}" is not an e-mail address`)
}

/** The UUID behind a public account id, `cus_…`. */
export function accountId(text: string): string {
  return fromPublicId('account', text) ?? wrongUse(`"${text}" is not an account id such as cus_0192…`)
}

/** An amount such as `5000.00` in minor units of `currency`; refuses what the currency cannot hold. */
export function minorUnits(text: string, currency: string): bigint {
  return typedAmount(text, currency)?.minor ?? wrongUse(`"${text}" is not an amount of ${currency} such as 5000.00`)
}

/** The tenant named on the command line. */
export async function tenantNamed(slug: string): Promise<TenantRow> {
  return (await findTenantBySlug(slug)) ?? wrongUse(`there is no tenant "${slug}"; "livery tenant list" shows them`)
}

/** A month such as `2026-10`. */
export function monthNamed(text: string): string {
  return /^\d{4}-(0[1-9]|1[0-2])$/.test(text) ? text : wrongUse(`"${text}" is not a month such as 2026-10`)
}
