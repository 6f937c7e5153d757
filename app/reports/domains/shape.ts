import type { CheckedRecord } from '#app/domain/domains/records.ts'
import type { HostState } from '#app/domain/domains/standing.ts'

/** A host of the seller, as the office shows it. */
export type HostView = {
  readonly id: string
  /** As name servers know it. */
  readonly host: string
  /** As people write it. */
  readonly shownHost: string
  readonly isFallback: boolean
  readonly isMain: boolean
  readonly state: HostState
  readonly checkedAt: Date | null
  readonly missingSince: Date | null
  /** When a host that was given back is anybody's again, and until when one must be proven; null for all others. */
  readonly freeAt: Date | null
  readonly records: readonly CheckedRecord[]
}

/** The domain that the seller's mails come from, as the office shows it. */
export type MailDomainView = {
  readonly id: string
  readonly domain: string
  readonly state: HostState
  readonly checkedAt: Date | null
  readonly missingSince: Date | null
  readonly records: readonly CheckedRecord[]
}
