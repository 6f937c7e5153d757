import { type CheckedRecord, kept } from './records.ts'

/** What the records of a mail domain follow from. */
export type MailDomainFacts = {
  readonly domain: string
  readonly selector: string
  /** SubjectPublicKeyInfo in base64. */
  readonly publicKey: string
  /** The domain whose SPF record names the servers that mail leaves from. */
  readonly spfDomain: string
}

/** TXT records: at the key's name, at the domain, and for its policy (of the domain, else of the registered name above it). */
export type MailAnswers = { readonly dkim: readonly string[]; readonly texts: readonly string[]; readonly dmarc: readonly string[] }

/** Where the key stands. */
export function keyName({ domain, selector }: Pick<MailDomainFacts, 'domain' | 'selector'>): string {
  return `${selector}._domainkey.${domain}`
}

/** Where the policy stands. */
export function policyName(domain: string): string {
  return `_dmarc.${domain}`
}

/** The records that let mail of `facts.domain` be signed and sent from here, each with what `answers` found of it. */
export function mailRecords(facts: MailDomainFacts, answers: MailAnswers): readonly CheckedRecord[] {
  const senders = answers.texts.filter((text) => /^v=spf1(\s|$)/i.test(text))
  const policies = answers.dmarc.filter((text) => /^v=DMARC1\s*(;|$)/i.test(text))
  return [
    {
      purpose: 'dkim',
      type: 'TXT',
      name: keyName(facts),
      expected: `v=DKIM1; k=rsa; p=${facts.publicKey}`,
      found: kept(answers.dkim),
      isGood: answers.dkim.some((text) => keyIn(text) === facts.publicKey),
    },
    {
      purpose: 'spf',
      type: 'TXT',
      name: facts.domain,
      expected: wantedSenders(senders, facts.spfDomain),
      found: kept(senders),
      isGood: senders.length === 1 && mayWeSend(senders[0] ?? '', facts.spfDomain),
    },
    {
      purpose: 'dmarc',
      type: 'TXT',
      name: policyName(facts.domain),
      expected: 'v=DMARC1; p=quarantine',
      found: kept(policies),
      isGood: policies.length === 1 && /;\s*p\s*=\s*(none|quarantine|reject)\s*(;|$)/i.test(policies[0] ?? ''),
    },
  ]
}

/** The key of a DKIM record, without the blanks that name servers break it with. */
function keyIn(text: string): string | undefined {
  const tags = text.split(';').map((tag) => /^\s*([a-z]+)\s*=([\s\S]*)$/i.exec(tag))
  const tagged = (name: string) => tags.find((tag) => tag?.[1]?.toLowerCase() === name)?.[2]?.replace(/\s+/g, '')
  const isRsa = (tagged('k') ?? 'rsa').toLowerCase() === 'rsa'
  return isRsa ? tagged('p') : undefined
}

/** Two SPF records are none, and one that lets everybody send proves nothing. */
function mayWeSend(record: string, spfDomain: string): boolean {
  const terms = record.toLowerCase().split(/\s+/)
  const isOpen = terms.some((term) => term === 'all' || term === '+all')
  return !isOpen && terms.some((term) => term === `include:${spfDomain}` || term === `+include:${spfDomain}`)
}

/** The one SPF record as it must be: the present one with our servers added, else one with ours alone. */
function wantedSenders(senders: readonly string[], spfDomain: string): string {
  const [present] = senders
  if (senders.length !== 1 || !present || /(^|\s)\+?all(\s|$)/i.test(present)) return `v=spf1 include:${spfDomain} ~all`
  if (mayWeSend(present, spfDomain)) return present
  return present.replace(/^v=spf1/i, `v=spf1 include:${spfDomain}`)
}
