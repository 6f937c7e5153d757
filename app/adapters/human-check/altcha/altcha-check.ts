import { createHash, createHmac } from 'node:crypto'
import { createChallenge, type Payload, verifySolution } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2'
import { z } from 'zod'
import type { HumanCheck } from '#app/ports/human-check.ts'

const algorithm = 'PBKDF2/SHA-256'
/** Rounds of one try, and what a key has to begin with: 256 tries on average, less than a second on a phone. */
const [rounds, keyPrefix] = [1_000, '00']
const lifeMs = 600_000

const hex = z.string().regex(/^[0-9a-f]{2,128}$/)
const Answer = z.object({
  challenge: z.object({
    parameters: z.strictObject({
      algorithm: z.literal(algorithm),
      cost: z.literal(rounds),
      expiresAt: z.number().int(),
      keyLength: z.literal(32),
      keyPrefix: z.literal(keyPrefix),
      nonce: hex,
      salt: hex,
    }),
    signature: hex,
  }),
  solution: z.object({ counter: z.number().int().min(0).max(0xff_ff_ff_ff), derivedKey: hex, time: z.number().optional() }),
})

/** Proof of work by ALTCHA's own library, signed with a key made of the installation's `secret`. */
export function altchaCheck(secret: string): HumanCheck {
  const hmacSignatureSecret = createHmac('sha256', secret).update('human check').digest('hex')
  return {
    task: async (now) => {
      const expiresAt = new Date(now.getTime() + lifeMs)
      return JSON.stringify(await createChallenge({ algorithm, cost: rounds, keyPrefix, deriveKey, expiresAt, hmacSignatureSecret }))
    },
    solved: async (answer, now) => {
      const parsed = Answer.safeParse(readJson(answer))
      if (!parsed.success) return null
      const { challenge, solution } = parsed.data as unknown as Payload
      const expiresAt = new Date((challenge.parameters.expiresAt ?? 0) * 1_000)
      if (expiresAt <= now || expiresAt.getTime() > now.getTime() + lifeMs) return null
      const { verified } = await verifySolution({ challenge, solution, deriveKey, hmacSignatureSecret })
      if (!verified) return null
      return {
        digest: createHash('sha256')
          .update(challenge.signature ?? '')
          .digest('hex'),
        expiresAt,
      }
    },
  }
}

function readJson(text: string): unknown {
  try {
    return text.length > 2_000 ? null : JSON.parse(text)
  } catch {
    return null
  }
}
