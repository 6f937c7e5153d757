import { type CheckedRecord, kept } from './records.ts'

/** What the records of a host follow from. */
export type HostFacts = {
  readonly host: string
  /** Whether the host is itself a registered name: no CNAME may stand there. */
  readonly isApex: boolean
  readonly token: string
  /** The host below the installation's own domain, which always works. */
  readonly fallbackHost: string
  /** The addresses that stores answer at, as far as they are known. */
  readonly addresses: readonly string[]
}

/** What name servers say of a host. */
export type HostAnswers = {
  /** TXT records at `proofName`. */
  readonly texts: readonly string[]
  readonly aliases: readonly string[]
  readonly addresses: readonly string[]
}

/** Where the proof stands. The name tells nothing of who runs the store. */
export function proofName(host: string): string {
  return `_store-verify.${host}`
}

/** What stands there. */
export function proofValue(token: string): string {
  return `store-verify=${token}`
}

/**
 * The records that `facts` ask for, each with what `answers` found of it. A host points here when it is an alias of the fallback host,
 * or when every address of it is one of ours.
 */
export function hostRecords(facts: HostFacts, answers: HostAnswers): readonly CheckedRecord[] {
  const { host, token } = facts
  const value = proofValue(token)
  const texts = answers.texts.map((text) => text.trim())
  const proof = { purpose: 'proof', type: 'TXT', name: proofName(host), expected: value } as const
  return [{ ...proof, found: kept(texts), isGood: texts.includes(value) }, ...pointingRecords(facts, answers)]
}

/** Whether the records prove the name, and whether it leads here. */
export function findingOf(records: readonly CheckedRecord[]): { hasProof: boolean; isPointing: boolean } {
  const good = (purpose: CheckedRecord['purpose']) =>
    records.some((record) => record.purpose === purpose) &&
    records.filter((record) => record.purpose === purpose).every(({ isGood }) => isGood)
  return { hasProof: good('proof'), isPointing: good('pointing') }
}

function pointingRecords({ host, isApex, fallbackHost, addresses }: HostFacts, answers: HostAnswers): CheckedRecord[] {
  const isOurs = answers.addresses.length > 0 && answers.addresses.every((address) => addresses.includes(address))
  const isGood = isOurs || answers.aliases.some((alias) => alias.toLowerCase() === fallbackHost)
  const frame = { purpose: 'pointing', name: host, isGood } as const
  if (isApex && addresses.length > 0)
    return addresses.map((address) => {
      const type = typeOf(address)
      return { ...frame, type, expected: address, found: kept(answers.addresses.filter((found) => typeOf(found) === type)) }
    })
  const found = kept(answers.aliases.length > 0 ? answers.aliases : answers.addresses)
  return [{ ...frame, type: isApex ? 'ALIAS' : 'CNAME', expected: fallbackHost, found }]
}

function typeOf(address: string): 'A' | 'AAAA' {
  return address.includes(':') ? 'AAAA' : 'A'
}
