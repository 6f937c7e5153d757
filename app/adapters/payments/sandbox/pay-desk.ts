import { randomUUID } from 'node:crypto'
import { type Money, money } from '#app/domain/money/money.ts'
import { addDays, type LocalDate, localDateOf } from '#app/domain/time/local-date.ts'
import type { DeclineCode, GatewayAccount } from '#app/ports/payment-gateway.ts'
import type { LaterBehaviour, PaymentLife, SandboxCard } from './payment-story.ts'
import { type KeptPayment, type NewDeed, type SandboxBooks, type SandboxOptions, sandboxBooks } from './sandbox-books.ts'
import { type SandboxMessage, signedMessage } from './sandbox-webhook.ts'

/** The cards that the page offers: how each behaves while its holder is there. */
const testCards = { approve: '4242', secure: '3220', decline: '0002', pend: '7726' } as const
type TestCard = keyof typeof testCards

/** What a payer may do on the page. */
export type PageDeed =
  | {
      readonly deed: 'pay'
      readonly card: TestCard
      readonly code: DeclineCode
      readonly later: LaterBehaviour
      readonly expires: CardExpiry
    }
  | { readonly deed: 'confirm' | 'refuse' | 'cancel' | 'complete' | 'fail' | 'dispute' | 'win' | 'lose' }
  | CardDeed
/** What the bank does to a card that was saved here. */
type CardDeed = { readonly deed: 'replace' | 'withdraw' }
type CardExpiry = 'in-three-years' | 'in-a-month'

/** What the page shows of a payment. */
export type SandboxPage = {
  readonly ref: string
  readonly kind: 'checkout' | 'setup' | 'charge'
  readonly state: PaymentLife['state']
  readonly failure: DeclineCode | null
  readonly amount: Money
  readonly description: string
  readonly saves: boolean
  readonly dispute: 'open' | 'won' | 'lost' | null
  /** The card that was saved here can be charged. */
  readonly keepsCard: boolean
  readonly returnUrl: string
}

/** Hands a message to an address; false when it was not taken. */
export type SendMessage = (url: string, message: { headers: Readonly<Record<string, string>>; body: string }) => Promise<boolean>

export type PayDeskOptions = SandboxOptions & { readonly send: SendMessage; readonly account: GatewayAccount }

/** The payer's side of the sandbox: what its page shows and does. Each deed is told to the seller's store by a signed message. */
export function sandboxPayDesk(options: PayDeskOptions) {
  const books = sandboxBooks(options)
  const shown = async (payment: KeptPayment): Promise<SandboxPage> => {
    const card = payment.life.card ? await books.readCard(payment.life.card.ref) : undefined
    return { ...pageOf(payment), keepsCard: card !== undefined }
  }
  return {
    async read(ref: string): Promise<SandboxPage | null> {
      const payment = await books.read(ref)
      return payment ? shown(payment) : null
    },

    /** Does what the payer chose. What does not fit where the payment stands changes nothing. */
    async act(ref: string, deed: PageDeed): Promise<SandboxPage | null> {
      const known = await books.read(ref)
      if (!known) return null
      if (isOfCard(deed)) {
        await changeCard(books, known, { deed, options })
        return shown(known)
      }
      const card = deed.deed === 'pay' ? cardOf(known, deed, options) : undefined
      const acted = await books.act(ref, deedOf(deed, card))
      const saved = acted.life.card
      if (acted.isDone && saved && acted.life.state === 'captured' && acted.story.beginning.saves) await books.keepCard(saved)
      if (acted.isDone) await tell(options, acted, { type: `payment.${deed.deed}`, about: aboutOf(acted, deed) })
      return shown(acted)
    },
  }
}

function isOfCard(deed: PageDeed): deed is CardDeed {
  return deed.deed === 'replace' || deed.deed === 'withdraw'
}

/** The card's bank replaces it with one of other digits that lasts three years, or takes it away; the store is told of either. */
async function changeCard(
  books: SandboxBooks,
  payment: KeptPayment,
  { deed, options }: { readonly deed: CardDeed; readonly options: PayDeskOptions },
): Promise<void> {
  const card = payment.life.card && (await books.readCard(payment.life.card.ref))
  if (!card) return
  if (deed.deed === 'withdraw') await books.removeCard(card.ref)
  else await books.replaceCard(card.ref, { lastDigits: '5556', expiresOn: inThreeYears(options) })
  await tell(options, payment, { type: `card.${deed.deed}`, about: { kind: 'method', ref: card.ref } })
}

function deedOf(deed: Exclude<PageDeed, CardDeed>, card: SandboxCard | undefined): NewDeed {
  if (deed.deed === 'pay' && deed.card === 'decline') return { kind: 'decline', code: deed.code }
  if (deed.deed === 'pay') return { kind: deed.card === 'decline' ? 'approve' : deed.card, ...(card ? { card } : {}) }
  if (deed.deed === 'refuse') return { kind: 'decline', code: 'authentication-failed' }
  if (deed.deed === 'fail') return { kind: 'decline', code: 'bank-debit-refused' }
  if (deed.deed === 'confirm' || deed.deed === 'complete') return { kind: 'approve' }
  return { kind: deed.deed }
}

type Paying = PageDeed & { readonly deed: 'pay' }

function cardOf({ story: { beginning } }: KeptPayment, { card, later, expires }: Paying, options: PayDeskOptions): SandboxCard {
  return {
    ref: beginning.ref.replace('sbx_pay_', 'sbx_card_'),
    customerRef: beginning.customerRef,
    lastDigits: testCards[card],
    expiresOn: expires === 'in-a-month' ? addDays(localDateOf(options.clock.now(), 'UTC'), 29) : inThreeYears(options),
    later,
  }
}

function inThreeYears({ clock }: PayDeskOptions): LocalDate {
  return addDays(localDateOf(clock.now(), 'UTC'), 3 * 365)
}

function pageOf({ story: { beginning }, life }: KeptPayment): Omit<SandboxPage, 'keepsCard'> {
  const { ref, kind, minor, currency, description, saves, done, cancelled } = beginning
  return {
    ref,
    kind,
    description,
    saves,
    state: life.state,
    failure: life.failure,
    amount: money(life.dispute?.minor ?? BigInt(minor), currency),
    dispute: life.dispute ? disputeState(life.dispute.state) : null,
    returnUrl: life.state === 'cancelled' ? cancelled : done,
  }
}

function disputeState(state: NonNullable<PaymentLife['dispute']>['state']): 'open' | 'won' | 'lost' {
  return state === 'won' || state === 'lost' ? state : 'open'
}

type Told = Pick<SandboxMessage, 'type' | 'about'>

function aboutOf({ story }: KeptPayment, { deed }: PageDeed): SandboxMessage['about'] {
  const { ref, attemptId } = story.beginning
  if (deed === 'dispute' || deed === 'win' || deed === 'lose')
    return { kind: 'dispute', ref: ref.replace('sbx_pay_', 'sbx_dis_'), paymentRef: ref }
  return { kind: 'payment', ref, checkoutRef: ref.replace('sbx_pay_', 'sbx_chk_'), attemptId }
}

const tries = 3
const pauseMs = 2_000

/** Tells the store what happened; the first try before the page answers, the others behind it. */
async function tell({ account, clock, send }: PayDeskOptions, { story }: KeptPayment, told: Told): Promise<void> {
  const message = { id: `evt_${randomUUID()}`, account: account.externalId, ...told }
  const url = new URL('/webhooks/payments/sandbox', story.beginning.done).href
  const attempt = () => send(url, signedMessage(message, { secret: account.secrets.webhookSecret ?? '', at: clock.now() }))
  if (await attempt()) return
  void again(attempt)
}

async function again(attempt: () => Promise<boolean>): Promise<void> {
  for (let left = tries - 1; left > 0; left -= 1) {
    await new Promise((resolve) => setTimeout(resolve, pauseMs).unref())
    if (await attempt()) return
  }
}
