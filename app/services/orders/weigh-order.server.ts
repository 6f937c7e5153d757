import type { TenantContext } from '#app/db/context.server.ts'
import { listPaymentMethods } from '#app/db/payments/payment-methods.server.ts'
import { mostPieces } from '#app/domain/catalog/order-pieces.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { add, type Money, multiply } from '#app/domain/money/money.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import type { TriedCodes } from '../promotions/try-codes.server.ts'
import type { OrderLine } from './order-choice.ts'
import type { PriceOrderError } from './price-order.server.ts'
import { quoteOrder } from './quote-order.server.ts'
import { buyerOfContract, type RoomForOrder, roomForOrder } from './room-for-order.server.ts'

export type WeighOrderInput = {
  readonly accountId: string
  readonly lines: readonly OrderLine[]
  readonly promoCodes: readonly string[]
  readonly addressHash: string
}

export type WeighedOrder = {
  readonly tried: TriedCodes
  /** What it costs the first time, tax included. */
  readonly total: Money
  /** What it can be charged to without paying now; null when that is not offered. */
  readonly later: (RoomForOrder & { readonly hasRoom: boolean }) | null
  readonly buyer: { readonly kind: string; readonly country: string }
  readonly methods: readonly {
    readonly id: string
    readonly kind: string
    readonly label: string
    readonly lastDigits: string | null
    readonly isDefault: boolean
  }[]
}

/** What an order would cost an account first, and how it could be paid, as the checkout judges both. Keeps nothing but refused codes, which count. */
export async function weighOrder(
  ctx: TenantContext,
  { accountId, lines: [first, ...further], promoCodes, addressHash }: WeighOrderInput,
): Promise<Result<WeighedOrder, PriceOrderError | 'plan-not-found' | 'too-many-pieces'>> {
  if (!first) return err('plan-not-found')
  if ([first, ...further].reduce((sum, { quantity = 1 }) => sum + quantity, 0) > mostPieces) return err('too-many-pieces')
  const tried = await quoteOrder(ctx, { ...first, further, accountId, promoCodes, addressHash, refusesOthers: true })
  if (!tried.ok) return tried
  const [piece] = tried.value.pieces
  if (!piece) return err('plan-not-found')
  const total = tried.value.pieces.map(({ price, count }) => multiply(price.discounted.orderTotal, new Decimal(count))).reduce(add)
  const { contractId } = piece.price
  const room = await roomForOrder(ctx, { contractId, accountId })
  return ok({
    tried: tried.value,
    total,
    later: room && { ...room, hasRoom: room.available.minor >= total.minor },
    buyer: await buyerOfContract(ctx, contractId),
    methods: await listPaymentMethods(ctx, accountId),
  })
}
