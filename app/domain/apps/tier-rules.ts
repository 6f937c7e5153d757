import { addRule, type FirewallRule, ruleKey } from '../cloud/firewall.ts'
import type { AppTier } from './app-template.ts'

/** A server of an application, and where it is reached. */
export type TierMember = { readonly tier: string; readonly address: string | null }

const everybody = ['0.0.0.0/0', '::/0'] as const
const secureShell = 22

/**
 * What a firewall of a tier's servers lets in: secure shell from anywhere, and its port from anybody, or from the servers of the tiers
 * that talk to it. Nothing is told to a tier without a port.
 */
export function rulesOfTier(tier: AppTier, tiers: readonly AppTier[], members: readonly TierMember[]): FirewallRule[] {
  const { port } = tier
  if (port === null) return []
  const callers = tiers.filter(({ talksTo }) => talksTo.includes(tier.code)).map(({ code }) => code)
  const near = members.flatMap(({ tier: of, address }) => (callers.includes(of) && address !== null ? `${address}/32` : [])).toSorted()
  const ranges = tier.isPublic ? everybody : near
  return [...everybody.map((range) => letIn(secureShell, range)), ...ranges.map((range) => letIn(port, range))]
}

function letIn(port: number, range: string): FirewallRule {
  return { direction: 'in', protocol: 'tcp', firstPort: port, lastPort: port, range }
}

/** The rules of a server once its application tells it `wanted` in place of `before`: those its owner added stay. */
export function mergeRules(
  current: readonly FirewallRule[],
  { before, wanted }: { readonly before: readonly FirewallRule[]; readonly wanted: readonly FirewallRule[] },
): FirewallRule[] {
  const told = new Set(before.map(ruleKey))
  const own = current.filter((rule) => !told.has(ruleKey(rule)))
  return [...wanted, ...own].reduce<FirewallRule[]>((rules, rule) => {
    const added = addRule(rules, rule)
    return added.ok ? added.value : rules
  }, [])
}
