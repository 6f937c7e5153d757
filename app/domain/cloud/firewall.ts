import { z } from 'zod'
import { err, ok, type Result } from '../shared/result.ts'
import { covers, parseRange } from './network-range.ts'

const Port = z.number().int().nullable()

/** One kind of traffic that is let through. Ports are of TCP and UDP only; `range` is the far side, in CIDR. */
export const FirewallRule = z.strictObject({
  direction: z.enum(['in', 'out']),
  protocol: z.enum(['tcp', 'udp', 'icmp']),
  firstPort: Port,
  lastPort: Port,
  range: z.string().max(50),
})
export type FirewallRule = z.infer<typeof FirewallRule>

export type FirewallProblem =
  | 'ports-missing'
  | 'ports-without-meaning'
  | 'malformed-ports'
  | 'malformed-range'
  | 'rule-covered'
  | 'too-many-rules'

const mostRules = 50
const lastOfAll = 65_535

/** Names a rule among those of its server. */
export function ruleKey({ direction, protocol, firstPort, lastPort, range }: FirewallRule): string {
  return [direction, protocol, firstPort ?? '', lastPort ?? '', range].join('|')
}

/**
 * `rules` with `added`; refuses ports that no protocol has, a range that is no block of addresses, and a rule that another
 * one lets through already.
 */
export function addRule(rules: readonly FirewallRule[], added: FirewallRule): Result<FirewallRule[], FirewallProblem> {
  const problem = problemOf(added) ?? (rules.length >= mostRules ? 'too-many-rules' : null)
  if (problem) return err(problem)
  return rules.some((rule) => includes(rule, added)) ? err('rule-covered') : ok([...rules, added])
}

/** What is wrong with a list of rules as a whole; null when nothing is. Each must add something to those before it. */
export function firewallProblem(rules: readonly FirewallRule[]): FirewallProblem | null {
  let known: FirewallRule[] = []
  for (const rule of rules) {
    const added = addRule(known, rule)
    if (!added.ok) return added.error
    known = added.value
  }
  return null
}

function problemOf({ protocol, firstPort, lastPort, range }: FirewallRule): FirewallProblem | null {
  if (!parseRange(range)) return 'malformed-range'
  if (protocol === 'icmp') return firstPort === null && lastPort === null ? null : 'ports-without-meaning'
  if (firstPort === null || lastPort === null) return 'ports-missing'
  return firstPort >= 1 && firstPort <= lastPort && lastPort <= lastOfAll ? null : 'malformed-ports'
}

/** Whether everything that `inner` lets through `outer` lets through too. */
function includes(outer: FirewallRule, inner: FirewallRule): boolean {
  if (outer.direction !== inner.direction || outer.protocol !== inner.protocol) return false
  if ((outer.firstPort ?? 0) > (inner.firstPort ?? 0) || (outer.lastPort ?? lastOfAll) < (inner.lastPort ?? lastOfAll)) return false
  const [wide, narrow] = [parseRange(outer.range), parseRange(inner.range)]
  return wide !== null && narrow !== null && covers(wide, narrow)
}
