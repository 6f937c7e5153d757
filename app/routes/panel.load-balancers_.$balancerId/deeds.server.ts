import { z } from 'zod'
import {
  addBalancerRule,
  type BalancerProblem,
  type BalancerRule,
  type BalancingAlgorithm,
  balancerRuleKey,
  balancingAlgorithms,
} from '#app/domain/cloud/load-balancer.ts'
import { ok, type Result } from '#app/domain/shared/result.ts'
import { readThing } from '#app/reports/cloud-things/query.server.ts'
import { answerDeed, problemField, refusedForm } from '#app/web/desks/cloud-desk.server.ts'
import { asCustomer } from '#app/web/request/as-customer.server.ts'
import { line } from '#app/web/request/form-fields.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'

/** A change of how connections are spread: another way to choose, a rule that goes, or one that comes. */
const BalancingForm = z.object({
  formKey: line(60),
  algorithm: z.enum(balancingAlgorithms, 'invalid').optional(),
  remove: z.string().max(20).optional(),
  protocol: z.enum(['tcp', 'udp'], 'invalid').default('tcp'),
  port: z.coerce.number('malformed-port').int('malformed-port').optional(),
  serverPort: z.coerce.number('malformed-server-port').int('malformed-server-port').optional(),
})
type BalancingForm = z.infer<typeof BalancingForm>
type Balancing = { readonly algorithm: BalancingAlgorithm; readonly rules: readonly BalancerRule[] }

/** Changes the rules of a load balancer, or how it chooses, by a form of its page. */
export async function changeBalancing(request: Request, id: string) {
  const form = await parseForm(request, BalancingForm)
  if (!form.ok) return refusedForm(form.error, form.values)
  const { spec } = orNotFound(await asCustomer(request, 'server:write', (ctx) => readThing(ctx, { kind: 'load-balancer', id })))
  const changed = changedBalancing(spec, form.value)
  const values = Object.fromEntries(Object.entries(form.value).map(([name, value]) => [name, String(value ?? '')]))
  if (!changed.ok) return refusedForm({ [problemField(changed.error)]: changed.error }, values)
  const { algorithm, rules } = changed.value
  const deed = { kind: 'set-load-balancer' as const, algorithm, rules: [...rules] }
  const wish = { deed, subjectId: id, formKey: form.value.formKey }
  return answerDeed(request, { wish, to: () => `/panel/load-balancers/${id}`, values })
}

/** Without a port of the servers the balancer's own one is meant. */
function changedBalancing({ algorithm, rules }: Balancing, form: BalancingForm): Result<Balancing, BalancerProblem> {
  if (form.algorithm) return ok({ algorithm: form.algorithm, rules })
  if (form.remove) return ok({ algorithm, rules: rules.filter((rule) => balancerRuleKey(rule) !== form.remove) })
  const { protocol, port = 0, serverPort = port } = form
  const added = addBalancerRule(rules, { protocol, port, serverPort })
  return added.ok ? ok({ algorithm, rules: added.value }) : added
}
