/** One delivery of usage by a cloud: a fetch, or a file. */
export type CloudDelivery = {
  readonly id: string
  readonly state: 'receiving' | 'received' | 'mediated' | 'rated'
  readonly startedAt: Date
  readonly finishedAt: Date | null
  /** The span that was asked for; null for a file. */
  readonly span: { readonly from: Date; readonly to: Date } | null
  readonly received: number
  readonly duplicates: number
  readonly conflicts: number
  readonly accepted: number
  readonly dropped: number
  readonly quarantined: number
}

export type CloudView = {
  readonly id: string
  readonly name: string
  readonly adapter: string
  /** Where the cloud answers, without path or credentials; null for one that is not reached over the network. */
  readonly origin: string | null
  /** Whether its usage can be fetched; the others are given files. */
  readonly isFetched: boolean
  readonly lastSyncedAt: Date | null
  /** Whether several turns of the schedule have passed without a sync. */
  readonly isLate: boolean
  /** Cloud domains, accounts and projects that are known to belong to somebody. */
  readonly mappings: number
  /** Records of this cloud that wait in quarantine. */
  readonly quarantined: number
  /** The latest ones, newest first. */
  readonly deliveries: readonly CloudDelivery[]
}
