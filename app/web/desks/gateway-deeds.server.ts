import { data } from '@remix-run/node'
import { z } from 'zod'
import { storeAddress } from '#app/config/store-address.server.ts'
import {
  addGateway,
  changeGateway,
  type GatewayInput,
  type GatewayProblem,
  type KeepingProcess,
  switchGateway,
  testGateway,
} from '#app/services/gateways/keep-gateway.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { gatewayKeepingPorts } from '#app/wiring.server.ts'
import { staffOf } from '../request/as-staff.server.ts'
import { parseForm } from '../request/parse-form.server.ts'
import { redirectWithToast } from '../request/redirects.server.ts'
import { orNotFound, refuse } from '../request/refuse.server.ts'

const listPath = '/office/settings/gateways'
const secretNames = ['secretKey', 'webhookSecret', 'clientId', 'clientSecret'] as const

const text = (longest: number) => z.string().trim().max(longest, 'too-long').optional()
const fields = {
  name: z.string('required').trim().min(1, 'required').max(60, 'too-long'),
  currencies: text(600),
  secretKey: text(300),
  webhookSecret: text(300),
  clientId: text(200),
  clientSecret: text(200),
  webhookId: text(60),
  card: z.literal('on').optional(),
  sepaDebit: z.literal('on').optional(),
}
const NewGateway = z.object({ ...fields, gateway: z.enum(['stripe', 'paypal', 'sandbox']), mode: z.enum(['live', 'test']).optional() })
const GatewayDeed = z.object({ ...fields, name: fields.name.optional(), deed: z.enum(['change', 'test', 'on', 'off']) })

/** Where a gateway tells the seller of what happens; null while the store has no verified domain. */
export function webhookAddress(host: string | null, gateway: string): string | null {
  return host && storeAddress(host, `/webhooks/payments/${gateway}`)
}

/** Connects the seller with a gateway. */
export async function addGatewayAccount(request: Request) {
  const form = await parseForm(request, NewGateway)
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  const process = await keepingProcess(request)
  const { gateway, secretKey } = form.value
  // A key of Stripe tells its mode; the others are asked for it.
  const mode = gateway === 'stripe' ? (secretKey?.includes('_live_') ? 'live' : 'test') : (form.value.mode ?? 'test')
  const added = await addGateway(process, { ...inputOf(form.value, form.value.name), gateway, mode })
  if (added.ok) return redirectWithToast(request, `${listPath}/${added.value.gatewayAccountId}`, 'saved')
  return data(answerOf(added, form.value), { status: 422 })
}

/** Does what the page of an account asks for. @throws 404 for an account the seller has not. */
export async function changeGatewayAccount(request: Request, id: string) {
  const form = await parseForm(request, GatewayDeed)
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  const process = await keepingProcess(request)
  const { deed, name } = form.value
  if (deed === 'change') {
    if (!name) return data({ fields: { name: 'required' }, values: typedOf(form.value) }, { status: 422 })
    const changed = await changeGateway(process, id, inputOf(form.value, name))
    if (changed.ok) return redirectWithToast(request, `${listPath}/${id}`, 'saved')
    return data(answerOf(changed, form.value), { status: 422 })
  }
  const done =
    deed === 'test'
      ? await testGateway(process, id)
      : await process.inTenant((ctx) => switchGateway(ctx, id, deed === 'on' ? 'active' : 'off'))
  if (!done.ok) return data({ problem: orFound(done.error), about: '' }, { status: 422 })
  return deed === 'test' ? { isWorking: true } : redirectWithToast(request, `${listPath}/${id}`, 'saved')
}

async function keepingProcess(request: Request): Promise<KeepingProcess> {
  const { tenant, actor } = await staffOf(request, 'settings:write')
  return processOf(tenant.tenantId, gatewayKeepingPorts(), actor)
}

type Typed = Partial<Record<keyof typeof fields, string>>

function inputOf(typed: Typed, name: string): GatewayInput {
  const methods = [...(typed.card ? ['card'] : []), ...(typed.sepaDebit ? ['sepa-debit'] : [])]
  return {
    name,
    currencies: (typed.currencies ?? '')
      .toUpperCase()
      .split(/[\s,;]+/)
      .filter(Boolean),
    settings: { methods, ...(typed.webhookId && { webhookId: typed.webhookId }) },
    secrets: Object.fromEntries(secretNames.flatMap((secret) => (typed[secret] ? [[secret, typed[secret]]] : []))),
  }
}

/** What was refused, at its fields where it is about some; secrets are not sent back. */
function answerOf(refused: GatewayProblem, typed: Typed) {
  const { error, fields: about = [] } = refused
  const values = typedOf(typed)
  if (error === 'malformed')
    return { fields: Object.fromEntries(about.map((field) => [field, typed[field as 'name'] ? 'invalid' : 'required'])), values }
  return { problem: orFound(error), about: about.join(', '), values }
}

function typedOf(typed: Typed): Record<string, string> {
  const shown = ['name', 'currencies', 'webhookId', 'card', 'sepaDebit', 'mode'] as const
  return Object.fromEntries(shown.flatMap((field) => (typed[field as 'name'] ? [[field, typed[field as 'name'] ?? '']] : [])))
}

function orFound(problem: GatewayProblem['error']) {
  if (problem === 'gateway-account-not-found') orNotFound(null)
  if (problem === 'gateway-account-not-found' || problem === 'malformed') throw refuse(400, 'invalid')
  return problem
}
