import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

// Shapes of keys that open something. Test keys of a vendor's sandbox count too: they belong to somebody.
const shapes: readonly [string, RegExp][] = [
  ['private key', /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----\s*\n[A-Za-z0-9+/=\s]{64,}/],
  ['AWS key', /\bAKIA[0-9A-Z]{16}\b/],
  ['Stripe key', /\b[rs]k_(?:live|test)_[0-9A-Za-z]{20,}\b/],
  ['Stripe webhook secret', /\bwhsec_[0-9A-Za-z+/]{32,}\b/],
  ['GitHub token', /\bgh[pousr]_[0-9A-Za-z]{36,}\b/],
  ['npm token', /\bnpm_[0-9A-Za-z]{36}\b|_authToken\s*=/],
  ['Slack token', /\bxox[abprs]-[0-9A-Za-z-]{20,}\b/],
  ['Google key', /\bAIza[0-9A-Za-z_-]{35}\b/],
  ['Resend key', /\bre_[0-9A-Za-z]{8}_[0-9A-Za-z]{20,}\b/],
  ['Inngest signing key', /\bsignkey-prod-[0-9a-f]{32,}\b/],
]
const skippedFolders = new Set(['.git', 'node_modules', 'build', '.livery', 'generated', 'test-results', 'playwright-report'])
const largestBytes = 2_000_000

/** Files that seem to hold a key, one line per finding. */
export function findSecrets(folder = '.'): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return skippedFolders.has(entry.name) ? [] : findSecrets(path)
    if (!entry.isFile() || entry.name === 'package-lock.json' || statSync(path).size > largestBytes) return []
    if (/^\.env(\..+)?$/.test(entry.name) && entry.name !== '.env.example') return [`${path}: an environment file does not belong here`]
    const text = readFileSync(path, 'utf8')
    return shapes.filter(([, shape]) => shape.test(text)).map(([name]) => `${path}: looks like a ${name}`)
  })
}
