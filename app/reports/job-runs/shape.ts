export type JobRunState = 'queued' | 'running' | 'retrying' | 'waiting' | 'completed' | 'failed' | 'cancelled'
export type JobRunFilter = { readonly state?: JobRunState | undefined; readonly functionId?: string | undefined; readonly page: number }
export type JobRunRow = {
  readonly id: string
  readonly functionId: string
  readonly eventName: string
  readonly state: JobRunState
  readonly attempts: number
  readonly createdAt: Date
  readonly startedAt: Date | null
  readonly finishedAt: Date | null
  /** First line of the failure, free of secrets; null while there is none. */
  readonly failure: string | null
}
export type JobRunList = {
  readonly rows: readonly JobRunRow[]
  readonly total: number
  readonly page: number
  readonly pageSize: number
  readonly functions: readonly string[]
  readonly counts: readonly { readonly state: JobRunState; readonly count: number }[]
  /** Whether batch work is suspended for maintenance. */
  readonly isSuspended: boolean
}
