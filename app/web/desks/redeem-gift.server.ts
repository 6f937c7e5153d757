import { z } from 'zod'
import { clock } from '#app/config/clock.server.ts'
import { redeemCode } from '#app/services/gifts/redeem-code.server.ts'
import { humanCheck } from '#app/wiring.server.ts'
import { customerOf } from '../request/as-customer.server.ts'
import { parseForm } from '../request/parse-form.server.ts'
import { redirectWithToast } from '../request/redirects.server.ts'
import { addressHashOf } from '../store/order-quote.server.ts'

const RedeemForm = z.object({ giftCode: z.string('required').trim().max(60, 'too-long'), proof: z.string().max(2_000).optional() })

type Refused = {
  readonly fields: Readonly<Record<string, string>>
  readonly values?: Readonly<Record<string, string>>
  /** What the browser has to work on before the next try. */
  readonly task?: string
}

/** Redeems the gift code of a form into the balance of the reader's account. */
export async function redeemGift(request: Request, path: string): Promise<Refused | { readonly response: Response }> {
  const { tenantId, accountId, actor } = await customerOf(request, 'payment:write')
  const form = await parseForm(request, RedeemForm)
  if (!form.ok) return { fields: form.error, values: form.values }
  const { giftCode: code, proof } = form.value
  const check = humanCheck()
  const solved = proof ? await check.solved(proof, clock.now()) : null
  const redeemed = await redeemCode({ tenantId, accountId, actor, code, addressHash: addressHashOf(request, tenantId), solved })
  if (redeemed.ok) return { response: await redirectWithToast(request, path, 'saved') }
  const task = redeemed.error === 'proof-needed' || solved ? { task: await check.task(clock.now()) } : {}
  return { fields: { giftCode: `gift-${redeemed.error}` }, values: { giftCode: code }, ...task }
}
