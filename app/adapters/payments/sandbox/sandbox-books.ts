import { createHash, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { Clock } from '#app/ports/clock.ts'
import { GatewayRefused } from '#app/ports/payment-gateway.ts'
import { lifeOf, type PaymentBeginning, type PaymentDeed, type PaymentLife, type PaymentStory, type SandboxCard } from './payment-story.ts'
import { storyFiles } from './story-file.ts'

export type SandboxOptions = {
  readonly clock: Clock
  /** Where payments are kept, one file each; every process with the same folder sees the same gateway. */
  readonly dataDirectory: string
}

type Distribute<T> = T extends unknown ? Omit<T, 'id' | 'at'> : never
export type NewDeed = Distribute<PaymentDeed>

/** What becomes of a saved card: its bank replaces it, or it is taken away. */
type CardDeed = { readonly removedAt: string } | Pick<SandboxCard, 'lastDigits' | 'expiresOn'>

export type KeptPayment = { readonly story: PaymentStory; readonly life: PaymentLife }

/** The name of a payment at this gateway: it follows from the attempt, which is what makes a repeat find the first. */
export function paymentRefOf(attemptId: string): string {
  return `sbx_pay_${createHash('sha256').update(attemptId).digest('hex').slice(0, 24)}`
}

export type SandboxBooks = ReturnType<typeof sandboxBooks>

/** What a sandbox account remembers: payments by their attempt, and the cards that were saved. */
export function sandboxBooks({ clock, dataDirectory }: SandboxOptions) {
  const payments = storyFiles<PaymentBeginning, PaymentDeed>(join(dataDirectory, 'payments'))
  const cards = storyFiles<SandboxCard, CardDeed>(join(dataDirectory, 'cards'))
  const kept = (story: PaymentStory): KeptPayment => ({ story, life: lifeOf(story) })

  async function read(ref: string): Promise<KeptPayment | undefined> {
    const story = await payments.read(ref)
    return story && kept(story)
  }

  return {
    clock,
    read,

    async readAll(): Promise<KeptPayment[]> {
      const stories = await Promise.all((await payments.names()).map(read))
      return stories.filter((payment) => payment !== undefined)
    },

    /** Begins a payment; a repeat finds the first. @throws GatewayRefused when the repeat asks for something else. */
    async begin(asked: Omit<PaymentBeginning, 'ref' | 'createdAt'>): Promise<KeptPayment> {
      const ref = paymentRefOf(asked.attemptId)
      const story = await payments.begin(ref, { ...asked, ref, createdAt: clock.now().toISOString() })
      const { ref: _, createdAt: __, ...first } = story.beginning
      if (canonical(first) !== canonical(asked)) throw new GatewayRefused('bad-request')
      return kept(story)
    },

    /** Does something to a payment; `isDone` is false when it did not fit where the payment stood. */
    async act(ref: string, deed: NewDeed): Promise<KeptPayment & { readonly isDone: boolean }> {
      if (!(await payments.read(ref))) throw new GatewayRefused('not-found')
      const id = randomUUID()
      const story = await payments.append(ref, { ...deed, id, at: clock.now().toISOString() } as PaymentDeed)
      if (!story) throw new GatewayRefused('not-found')
      const { life } = kept(story)
      return { story, life, isDone: life.counted.has(id) }
    },

    async keepCard(card: SandboxCard): Promise<void> {
      await cards.begin(card.ref, card)
    },

    async readCard(ref: string): Promise<SandboxCard | undefined> {
      const story = await cards.read(ref)
      if (!story || story.deeds.some((deed) => 'removedAt' in deed)) return undefined
      return { ...story.beginning, ...story.deeds.at(-1) }
    },

    async replaceCard(ref: string, card: Pick<SandboxCard, 'lastDigits' | 'expiresOn'>): Promise<void> {
      await cards.append(ref, card)
    },

    async removeCard(ref: string): Promise<void> {
      if (await cards.read(ref)) await cards.append(ref, { removedAt: clock.now().toISOString() })
    },
  }
}

function canonical(value: object): string {
  return JSON.stringify(Object.entries(value).sort(([left], [right]) => left.localeCompare(right)))
}
