import { randomBytes } from 'node:crypto'
import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { newId } from '#app/db/ids.server.ts'
import {
  findGatewayAccount,
  insertGatewayAccount,
  listGatewayAccounts,
  updateGatewayAccount,
} from '#app/db/payments/gateway-accounts.server.ts'
import { isCurrency } from '#app/domain/money/currency.ts'
import { money } from '#app/domain/money/money.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { type GatewayAccount, type GatewayName, GatewayRefused, GatewayUnknown, type PaymentGateway } from '#app/ports/payment-gateway.ts'
import type { TenantProcess } from '../tenant-process.server.ts'
import { askGateway, type GatewayPorts } from './gateway-ports.server.ts'

type Secrets = Readonly<Record<string, string>>

/** What keeping accounts needs besides speaking to gateways. */
export type KeepingPorts = GatewayPorts & {
  seal(secrets: Secrets, gatewayAccountId: string): { readonly ciphertext: Uint8Array<ArrayBuffer>; readonly keyId: string }
  /** Names of what has not the form that the gateway gives it. */
  malformedFields(account: Pick<GatewayAccount, 'gateway' | 'secrets' | 'settings'>): readonly string[]
}
export type KeepingProcess = TenantProcess<KeepingPorts>

export type GatewayInput = {
  readonly name: string
  /** Codes of the currencies that are offered; none are all that the gateway takes. */
  readonly currencies: readonly string[]
  /** The gateway's own; which ways to pay, its name of the webhook. */
  readonly settings: Readonly<Record<string, string | readonly string[]>>
  /** Those that are given: an account that exists keeps the others. */
  readonly secrets: Secrets
}

/** `fields` names the form fields, or the currencies, that the problem is about. */
export type GatewayProblem = { readonly ok: false; readonly error: GatewayProblemCode; readonly fields?: readonly string[] }
export type GatewayProblemCode =
  | 'malformed'
  | 'currency-not-offered'
  | 'bad-credentials'
  | 'gateway-unknown'
  | 'wrong-mode'
  | 'other-account'
  | 'already-active'
  | 'gateway-account-not-found'
type Kept = { readonly ok: true; readonly value: { readonly gatewayAccountId: string } } | GatewayProblem

/**
 * Connects the seller with an account at a gateway, in use from now. The credentials are tried first, without charging anybody, and every
 * currency must be sayable to the gateway. One account of a gateway is in use at a time.
 */
export async function addGateway(
  process: KeepingProcess,
  input: GatewayInput & { readonly gateway: GatewayName; readonly mode: 'live' | 'test' },
): Promise<Kept> {
  const { gateway, name } = input
  const id = newId()
  const isSandbox = gateway === 'sandbox'
  const mode = isSandbox ? 'test' : input.mode
  const secrets = isSandbox ? { webhookSecret: `whsec_${randomBytes(32).toString('base64')}` } : input.secrets
  const settings = { ...input.settings, currencies: input.currencies }
  const account = { id, gateway, mode, externalId: isSandbox ? `sbx_${id}` : '', settings, secrets } as const
  const tried = await tryAccount(process, account)
  if (!tried.ok) return tried
  if (tried.value.mode !== mode) return err('wrong-mode')
  const { accountRef: externalId } = tried.value
  return process.inTenant(async (ctx) => {
    const isAdded = await insertGatewayAccount(ctx, {
      id,
      gateway,
      name,
      mode,
      externalId,
      settings,
      secret: process.ports.seal(secrets, id),
    })
    if (!isAdded) return err('already-active')
    const detail = { gateway, name, mode }
    await audit(ctx, { action: 'gateway.added', subjectKind: 'gateway-account', subjectId: id, detail })
    return ok({ gatewayAccountId: id })
  })
}

/**
 * Changes name, settings and the secrets that are given; they are tried first and must lead to the same account at the gateway. A signing
 * secret that is replaced stays good beside the new one.
 */
export async function changeGateway(process: KeepingProcess, id: string, input: GatewayInput): Promise<Kept> {
  const row = await process.inTenant((ctx) => findGatewayAccount(ctx, id))
  if (!row) return err('gateway-account-not-found')
  const secrets = replaced(process.ports.openSecrets(row.secretCiphertext, id), input.secrets)
  const settings = { ...input.settings, currencies: input.currencies }
  const tried = await tryAccount(process, { ...row, settings, secrets })
  if (!tried.ok) return tried
  if (tried.value.accountRef !== row.externalId || tried.value.mode !== row.mode) return err('other-account')
  return process.inTenant(async (ctx) => {
    await updateGatewayAccount(ctx, id, { name: input.name, settings, secret: process.ports.seal(secrets, id) })
    const detail = { name: input.name, replaced: Object.keys(input.secrets) }
    await audit(ctx, { action: 'gateway.changed', subjectKind: 'gateway-account', subjectId: id, detail })
    return ok({ gatewayAccountId: id })
  })
}

function replaced(known: Secrets, given: Secrets): Secrets {
  const isNewSigning = given.webhookSecret !== undefined && given.webhookSecret !== known.webhookSecret
  return { ...known, ...(isNewSigning && known.webhookSecret ? { previousWebhookSecret: known.webhookSecret } : {}), ...given }
}

/** Takes an account into use or out of it. What was begun with it ends with it. Safe to repeat. */
export async function switchGateway(ctx: TenantContext, id: string, state: 'active' | 'off'): Promise<Result<void, GatewayProblemCode>> {
  const row = await findGatewayAccount(ctx, id)
  if (!row) return err('gateway-account-not-found')
  if (row.state === state) return ok(undefined)
  const others = await listGatewayAccounts(ctx, { gateway: row.gateway, state: 'active' })
  if (state === 'active' && others.length > 0) return err('already-active')
  await updateGatewayAccount(ctx, id, { state })
  await audit(ctx, { action: `gateway.${state}`, subjectKind: 'gateway-account', subjectId: id })
  return ok(undefined)
}

/** Tries the credentials of an account, without charging anybody. */
export async function testGateway(process: KeepingProcess, id: string): Promise<Result<void, GatewayProblemCode>> {
  const row = await process.inTenant((ctx) => findGatewayAccount(ctx, id))
  if (!row) return err('gateway-account-not-found')
  const tried = await orProblem(askGateway(process, { account: row, attemptId: null }, (gateway) => gateway.checkCredentials()))
  if (!tried.ok) return tried
  return tried.value.accountRef === row.externalId ? ok(undefined) : err('other-account')
}

type Credentials = Awaited<ReturnType<PaymentGateway['checkCredentials']>>
type Tried = { readonly ok: true; readonly value: Credentials } | GatewayProblem

async function tryAccount(
  { ports }: KeepingProcess,
  account: GatewayAccount & { readonly settings: { currencies: readonly string[] } },
): Promise<Tried> {
  const malformed = ports.malformedFields(account)
  if (malformed.length > 0) return { ok: false, error: 'malformed', fields: malformed }
  const gateway = ports.gateways.open(account, ignored)
  const unsayable = account.settings.currencies.filter((code) => !isCurrency(code) || !gateway.toGatewayAmount(money(1_000_000n, code)).ok)
  if (unsayable.length > 0) return { ok: false, error: 'currency-not-offered', fields: unsayable }
  return orProblem(gateway.checkCredentials())
}

/** What is said while an account is not kept yet belongs to no log. */
function ignored(): void {
  // Nothing is kept.
}

async function orProblem(asked: Promise<Credentials>): Promise<Result<Credentials, 'bad-credentials' | 'gateway-unknown'>> {
  try {
    return ok(await asked)
  } catch (failure) {
    if (failure instanceof GatewayRefused) return err('bad-credentials')
    if (failure instanceof GatewayUnknown) return err('gateway-unknown')
    throw failure
  }
}
