import type { PowerAction, ServerAction } from '#app/domain/cloud/server-actions.ts'
import type { Money } from '#app/domain/money/money.ts'
import type { Tag } from '#app/domain/project/tags.ts'

export type ServerState = 'building' | 'running' | 'stopped' | 'failed' | 'deleted'
/** What may be under way: an action, or a deed of its cloud. */
export type PendingAction = ServerAction | 'rebuild' | 'restore-backup' | 'set-firewall' | 'set-reverse-name'

export type ServerListFilter = {
  /** For the office, which sees every account: the servers of one. */
  readonly accountId?: string | undefined
  readonly state?: ServerState | undefined
  readonly search?: string | undefined
  /** `none`: those in no project. */
  readonly projectId?: string | undefined
  readonly tag?: Tag | undefined
  /** These alone, all on one page. */
  readonly ids?: readonly string[] | undefined
  readonly page: number
  readonly language: string
}

export type ServerRow = {
  readonly id: string
  readonly publicId: string
  readonly name: string
  readonly state: ServerState
  readonly address: string | null
  readonly planName: string
  readonly location: string
  /** The project it is in now. */
  readonly projectName: string | null
  readonly costSoFar: Money
  readonly monthlyCap: Money | null
  readonly createdAt: Date
  /** Whether it can be worked on; one in a cloud that is only metered cannot. */
  readonly isManaged: boolean
  /** An action that was asked for and has not happened yet. */
  readonly pendingAction: PendingAction | null
  /** What may be asked of it now. */
  readonly actions: readonly (PowerAction | 'destroy')[]
}

export type ServerList = {
  readonly rows: readonly ServerRow[]
  readonly total: number
  readonly page: number
  readonly pageSize: number
  readonly hasAny: boolean
}

export type ServerActivity = {
  readonly id: string
  readonly at: Date
  readonly action:
    | 'ordered'
    | 'created'
    | 'started'
    | 'stopped'
    | 'rebooted'
    | 'resized'
    | 'deleted'
    | 'failed'
    | 'requested-start'
    | 'requested-stop'
    | 'requested-reboot'
    | 'requested-destroy'
    | 'requested-resize'
    | 'rebuild'
    | 'set-firewall'
    | 'set-reverse-name'
    | 'take-backup'
    | 'restore-backup'
    | 'delete-backup'
    | 'attach-volume'
    | 'detach-volume'
    | 'resize-volume'
    | 'attach-address'
    | 'detach-address'
    | 'make-image'
    | 'join-network'
    | 'join-load-balancer'
    | 'leave-load-balancer'
    | 'leave-network'
  /** Who did it: a person's name, or null for the system. */
  readonly by: string | null
}

export type ServerCharge = {
  readonly id: string
  /** The meter's code, or the kind of fee: `setup`, `recurring`. */
  readonly meter: string
  readonly quantity: string
  readonly unit: string
  readonly unitPrice: string
  readonly amount: Money
}

export type ServerDetail = ServerRow & {
  readonly image: string
  readonly cpuNumber: number
  readonly memoryMib: number
  readonly diskGib: number
  /** Decimal text; null for a plan with a monthly fee only. */
  readonly hourly: string | null
  readonly activity: readonly ServerActivity[]
  /** Charges of the running month. */
  readonly charges: readonly ServerCharge[]
  readonly accountName: string
  readonly subscriptionId: string | null
}
