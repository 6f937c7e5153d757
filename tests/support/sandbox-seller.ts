import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { v7 } from 'uuid'
import { type PageDeed, type SendMessage, sandboxPayDesk } from '#app/adapters/payments/sandbox/pay-desk.ts'
import { sandboxGateway } from '#app/adapters/payments/sandbox/sandbox-gateway.ts'
import { clock } from '#app/config/clock.server.ts'
import { openSecret } from '#app/config/secret-box.server.ts'
import { storeAddress } from '#app/config/store-address.server.ts'
import { insertGatewayAccount } from '#app/db/payments/gateway-accounts.server.ts'
import { systemActor } from '#app/domain/shared/actor.ts'
import type { GatewayAccount, PaymentGateway } from '#app/ports/payment-gateway.ts'
import type { GatewayProcess } from '#app/services/gateways/gateway-ports.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { sealGatewaySecrets } from '#app/wiring.server.ts'
import { asOffice } from './builders.ts'

export const webhookSecret = `whsec_${Buffer.from('a secret of the sandbox').toString('base64')}`

/** Gives a seller a sandbox account. Returns the account. */
export async function buildSandboxAccount(tenantId: string): Promise<GatewayAccount> {
  const id = v7()
  const facts = { id, gateway: 'sandbox', mode: 'test', externalId: `sbx_${id}`, settings: {} } as const
  const secret = sealGatewaySecrets({ webhookSecret }, id)
  await asOffice(tenantId, (ctx) => insertGatewayAccount(ctx, { ...facts, name: 'Test', secret }))
  return { ...facts, secrets: { webhookSecret } }
}

export type Sandbox = {
  readonly account: GatewayAccount
  readonly process: GatewayProcess
  /** What the sandbox would have told the store, as it was signed. */
  readonly told: { readonly url: string; readonly headers: Readonly<Record<string, string>>; readonly body: string }[]
  /** What a payer does on the page of an attempt. */
  pay(attemptId: string, deed?: Partial<Extract<PageDeed, { deed: 'pay' }>> | PageDeed['deed']): Promise<void>
  readonly gateway: PaymentGateway
}

const card = { deed: 'pay', card: 'approve', code: 'declined', later: 'approve', expires: 'in-three-years' } as const

/** A seller's sandbox with a folder of its own; `between` stands between us and the gateway, to lose or refuse what passes. */
export async function sandboxOf(
  tenantId: string,
  between: (gateway: PaymentGateway) => PaymentGateway = (gateway) => gateway,
): Promise<Sandbox> {
  const account = await buildSandboxAccount(tenantId)
  const dataDirectory = mkdtempSync(join(tmpdir(), 'livery-sandbox-'))
  const told: Sandbox['told'] = []
  const send: SendMessage = async (url, message) => told.push({ url, ...message }) > 0
  const desk = sandboxPayDesk({ account, clock, dataDirectory, send })
  const ports = {
    gateways: {
      open: (opened: GatewayAccount, log: Parameters<typeof sandboxGateway>[1]['log']) =>
        between(sandboxGateway(opened, { clock, dataDirectory, log })),
    },
    openSecrets: (ciphertext: Uint8Array, id: string) => JSON.parse(openSecret(ciphertext, `gateway_accounts/${id}`)),
    storeAddress,
  }
  const process = processOf(tenantId, ports, systemActor('test'))
  return {
    account,
    process,
    told,
    gateway: sandboxGateway(account, { clock, dataDirectory, log: () => undefined }),
    async pay(attemptId, deed = {}) {
      const url = await asOffice(tenantId, ({ db }) => db.paymentAttempt.findFirstOrThrow({ where: { id: attemptId } }))
      const ref = url.redirectUrl?.split('/').at(-1) ?? ''
      await desk.act(ref, typeof deed === 'string' ? ({ deed } as PageDeed) : { ...card, ...deed })
    },
  }
}
