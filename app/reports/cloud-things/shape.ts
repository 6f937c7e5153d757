import type { BackupSchedule } from '#app/domain/cloud/backup-schedule.ts'
import type { FirewallRule } from '#app/domain/cloud/firewall.ts'
import type { ThingKind, ThingSpec } from '#app/domain/cloud/resource-specs.ts'
import type { Money } from '#app/domain/money/money.ts'

export type ThingState = 'building' | 'ready' | 'failed' | 'deleted'

/** A thing of a buyer beside its servers. */
export type ThingRow<Kind extends ThingKind = ThingKind> = {
  readonly id: string
  readonly name: string
  readonly state: ThingState
  /** By its code, and by its name for people. */
  readonly location: string
  readonly place: string
  readonly address: string | null
  /** A deed that was asked for and has not happened yet. */
  readonly pendingAction: string | null
  readonly spec: ThingSpec<Kind>
  /** The server it belongs to now, when it is there. */
  readonly server: { readonly id: string; readonly name: string } | null
  readonly costSoFar: Money
  readonly createdAt: Date
}

export type ThingList<Kind extends ThingKind = ThingKind> = {
  readonly rows: readonly ThingRow<Kind>[]
  readonly total: number
  readonly page: number
  readonly pageSize: number
}

/** A server that things can be tied to. */
export type ServerChoice = { readonly id: string; readonly name: string; readonly location: string; readonly accountId: string }

/** A thing, and whose it is. */
export type ThingOf<Kind extends ThingKind = ThingKind> = ThingRow<Kind> & { readonly accountId: string }

export type ThingDetail<Kind extends ThingKind = ThingKind> = ThingOf<Kind> & {
  /** Why the cloud did not do what was asked last; null when it did. */
  readonly problem: string | null
}

/** What a server has around it in its cloud. */
export type ServerSurroundings = {
  readonly name: string
  readonly accountId: string
  readonly location: string
  readonly image: string
  readonly firewall: readonly FirewallRule[]
  readonly reverseName: string | null
  readonly problem: string | null
  readonly schedule: (BackupSchedule & { readonly nextAt: Date }) | null
  readonly backups: readonly ThingRow<'backup'>[]
  readonly volumes: readonly ThingRow<'volume'>[]
  readonly addresses: readonly ThingRow<'address'>[]
  readonly networks: readonly ThingRow<'network'>[]
}
