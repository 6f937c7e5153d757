import { z } from 'zod'
import { err, ok, type Result } from '../shared/result.ts'

/** How a balancer chooses among its servers: in turn, the one with the fewest connections, or always the same for one caller. */
export const balancingAlgorithms = ['round-robin', 'least-connections', 'source'] as const
export type BalancingAlgorithm = (typeof balancingAlgorithms)[number]

/** What arrives at `port` of the balancer goes to `serverPort` of one of its servers. */
export const BalancerRule = z.strictObject({
  protocol: z.enum(['tcp', 'udp'], 'invalid'),
  port: z.number().int(),
  serverPort: z.number().int(),
})
export type BalancerRule = z.infer<typeof BalancerRule>

export type BalancerProblem = 'malformed-port' | 'malformed-server-port' | 'port-taken' | 'too-many-rules'

const mostRules = 50
const isPort = (port: number) => Number.isInteger(port) && port >= 1 && port <= 65_535

/** Names a rule among those of its balancer: nothing else listens there. */
export function balancerRuleKey({ protocol, port }: Pick<BalancerRule, 'protocol' | 'port'>): string {
  return `${protocol}|${port}`
}

/** `rules` with `added`; refuses a port that is none, and one that another rule listens on. */
export function addBalancerRule(rules: readonly BalancerRule[], added: BalancerRule): Result<BalancerRule[], BalancerProblem> {
  if (!isPort(added.port)) return err('malformed-port')
  if (!isPort(added.serverPort)) return err('malformed-server-port')
  if (rules.length >= mostRules) return err('too-many-rules')
  return rules.some((rule) => balancerRuleKey(rule) === balancerRuleKey(added)) ? err('port-taken') : ok([...rules, added])
}

/** What is wrong with a list of rules as a whole; null when nothing is. */
export function balancerProblem(rules: readonly BalancerRule[]): BalancerProblem | null {
  let known: BalancerRule[] = []
  for (const rule of rules) {
    const added = addBalancerRule(known, rule)
    if (!added.ok) return added.error
    known = added.value
  }
  return null
}
