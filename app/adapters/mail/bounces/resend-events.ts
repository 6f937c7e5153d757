import { z } from 'zod'
import { refusalOf } from '#app/domain/delivery/bounce.ts'
import type { BounceReader } from '#app/ports/bounce-reader.ts'

const Bounced = z.object({
  type: z.literal('email.bounced'),
  data: z.object({
    email_id: z.string(),
    to: z.array(z.string()),
    bounce: z.object({ type: z.string(), message: z.string().default('') }),
  }),
})

/** Resend's word for a refusal that will not change. */
const permanent = 'Permanent'

/** Reads what Resend tells of mail that came back. Other events are nothing to us. */
export const resendEventReader: BounceReader = {
  async read(message) {
    const event = Bounced.safeParse(parsed(new TextDecoder().decode(message)))
    if (!event.success) return []
    const { email_id: messageId, to, bounce } = event.data.data
    const refusal = refusalOf(bounce.type === permanent ? '5.1.1' : '4.0.0', bounce.message)
    return to.map((address) => ({ messageId, address, refusal }))
  },
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
