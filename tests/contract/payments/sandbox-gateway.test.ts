import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type PageDeed, sandboxPayDesk } from '#app/adapters/payments/sandbox/pay-desk.ts'
import { paymentRefOf, sandboxBooks } from '#app/adapters/payments/sandbox/sandbox-books.ts'
import { sandboxGateway } from '#app/adapters/payments/sandbox/sandbox-gateway.ts'
import { signedMessage } from '#app/adapters/payments/sandbox/sandbox-webhook.ts'
import { newId } from '#app/db/ids.server.ts'
import { exponentOf } from '#app/domain/money/currency.ts'
import { money, toDecimal } from '#app/domain/money/money.ts'
import type { GatewayAccount } from '#app/ports/payment-gateway.ts'
import type { GatewayWorld, Manner } from './gateway-world.ts'
import { describePaymentGateway } from './payment-gateway-contract.ts'

const clock = { now: () => new Date() }
const laters = {
  pays: 'approve',
  'asks-its-payer': 'authentication-required',
  'has-no-money': 'insufficient-funds',
} as const satisfies Record<Manner, string>

describePaymentGateway('the sandbox', async (): Promise<GatewayWorld> => {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'livery-sandbox-'))
  const secret = `whsec_${Buffer.from('a secret of the sandbox').toString('base64')}`
  const id = newId()
  const account: GatewayAccount = {
    id,
    gateway: 'sandbox',
    mode: 'test',
    externalId: `sbx_${id}`,
    settings: {},
    secrets: { webhookSecret: secret },
  }
  const told: string[] = []
  const send = async (_url: string, { body }: { body: string }) => told.push(body) > 0
  const desk = sandboxPayDesk({ account, clock, dataDirectory, send })
  const books = sandboxBooks({ clock, dataDirectory })
  const act = async (address: string, deed: PageDeed) => {
    const ref = address.split('/').at(-1)?.split('?')[0] ?? ''
    await desk.act(ref, deed)
  }
  return {
    account,
    open: (opened, log) => sandboxGateway(opened, { clock, dataDirectory, log }),
    secrets: [secret],
    pay: ({ url }, outcome, manner = 'pays') =>
      outcome === 'leave'
        ? Promise.resolve()
        : act(url, { deed: 'pay', card: outcome, code: 'declined', later: laters[manner], expires: 'in-three-years' }),
    confirm: (url) => act(url, { deed: 'confirm' }),
    async books(attemptId) {
      const payment = await books.read(paymentRefOf(attemptId))
      if (!payment) return { captured: [], refunded: [] }
      const { life, story } = payment
      const { currency } = story.beginning
      const decimal = (minor: bigint) => toDecimal(money(minor, currency)).toFixed(exponentOf(currency))
      return {
        captured: life.captured > 0n ? [decimal(life.captured)] : [],
        refunded: life.refunds.map(({ minor }) => decimal(BigInt(minor))),
      }
    },
    withdraw: (methodRef) => act(methodRef.replace('sbx_card_', 'sbx_pay_'), { deed: 'withdraw' }),
    replace: (methodRef) => act(methodRef.replace('sbx_card_', 'sbx_pay_'), { deed: 'replace' }),
    async dispute(paymentRef) {
      await act(paymentRef, { deed: 'dispute' })
      return paymentRef.replace('sbx_pay_', 'sbx_dis_')
    },
    decide: (ref, outcome) => act(ref.replace('sbx_dis_', 'sbx_pay_'), { deed: outcome === 'won' ? 'win' : 'lose' }),
    webhook({ at = new Date(), isForeign } = {}) {
      const key = isForeign ? `whsec_${Buffer.from('of another seller').toString('base64')}` : secret
      return signedMessage(JSON.parse(told.at(-1) ?? '{}'), { secret: key, at })
    },
    close: () => Promise.resolve(rmSync(dataDirectory, { recursive: true })),
  }
})
