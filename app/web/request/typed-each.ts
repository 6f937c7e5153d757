import type { Money } from '#app/domain/money/money.ts'
import { typedAmount } from '#app/domain/money/typed-amount.ts'

/** The price that the address asks the calculator for, in `currency`. */
export function typedEach(
  request: Request,
  currency: string,
): { readonly each: Money | null; readonly typed: string; readonly isMalformed: boolean } {
  const typed = new URL(request.url).searchParams.get('each')?.trim() ?? ''
  const amount = typed ? typedAmount(typed, currency) : undefined
  const each = amount && amount.minor > 0n ? amount : null
  return { each, typed, isMalformed: typed !== '' && !each }
}
