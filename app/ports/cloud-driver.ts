import type { CloudCapability } from '#app/domain/cloud/capabilities.ts'
import type { DnsRecord } from '#app/domain/cloud/dns-records.ts'
import type { FirewallRule } from '#app/domain/cloud/firewall.ts'
import type { BalancerRule, BalancingAlgorithm } from '#app/domain/cloud/load-balancer.ts'
import type { VpnSpec } from '#app/domain/cloud/vpn.ts'
import type { Result } from '#app/domain/shared/result.ts'

/** Half-open span of UTC instants `[from, to)`. */
export type UsageQuery = { readonly from: Date; readonly to: Date }

/**
 * One usage record as a cloud reported it. `payload` is the record verbatim. The rest is read out of it, nothing is judged:
 * a field the record lacks or that cannot be read is undefined, and `problem` says why; mediation decides.
 */
export type RawUsageRecord = {
  /** sha-256 (hex) over the identifying fields, never over the quantity: the same fact reported twice has the same key. */
  readonly contentKey: string
  readonly usageType: string
  /** Decimal text, never a float. Undefined when missing or unreadable. */
  readonly quantity: string | undefined
  /** Half-open window. With the problem `unreadable-date` or `malformed-record` both ends are 1970-01-01, which no period contains. */
  readonly windowStart: Date
  readonly windowEnd: Date
  readonly resourceRef: string | undefined
  readonly resourceName: string | undefined
  /** Where in the cloud's tree the record belongs: nearest first when mapped (project, account, domain path). */
  readonly owner: { readonly projectId?: string; readonly accountId?: string; readonly domainId?: string; readonly domainPath?: string }
  /** Attributes that prices may look at: zone, offering, template, cpuNumber, memoryMib, sizeBytes, … as text. */
  readonly dimensions: Readonly<Record<string, string>>
  readonly payload: unknown
  readonly problem?: 'malformed-record' | 'unreadable-quantity' | 'unreadable-date'
}

/** Reads a cloud's metering. Pages come in the cloud's order; a page may repeat or overlap another, the importer copes. */
export interface UsageSource {
  /**
   * Every record whose window touches `query`, page by page; records with a `problem` whatever their window.
   * @throws on refused credentials, time-out, malformed or truncated answers, after its own retries: nothing of that page was yielded.
   */
  fetchUsage(query: UsageQuery): AsyncIterable<readonly RawUsageRecord[]>
}

/** What a plan gives a server. */
export type ServerSize = { readonly cpuNumber: number; readonly memoryMib: number; readonly diskGib: number }

export type ServerSpec = ServerSize & {
  /** Chosen by the caller before the call; a repeat with the same key finds the first server. */
  readonly idempotencyKey: string
  readonly name: string
  /** By code, or by the reference of a private one. */
  readonly image: string
  readonly zone: string
  readonly sshKey?: string
  /** Cloud account the server belongs to, so that its usage comes back with that owner. */
  readonly ownerAccountId: string
  /** Codes of the software that is installed beside the image. */
  readonly apps?: readonly string[]
}

export type ServerState = 'building' | 'running' | 'stopped' | 'failed' | 'deleted'
export type CloudServer = {
  readonly ref: string
  readonly state: ServerState
  readonly address?: string
  readonly createdAt: Date
  readonly fault?: string
}

/** Something in a cloud beside a server: a volume, an address, a backup, an image, a network, a load balancer, a DNS zone. */
export type CloudThing = {
  readonly ref: string
  readonly state: 'building' | 'ready' | 'deleted' | 'failed'
  /** Of a public address. */
  readonly address?: string
  /** Of what takes up space, once that is known. */
  readonly sizeGib?: number
  /** Of a network that is let into from outside. */
  readonly vpn?: Pick<VpnSpec, 'address' | 'protocol'>
}

/** Why a cloud did not do what it was asked: an answer, not an outage. */
export type CloudRefusal = 'not-there' | 'wrong-state' | 'in-use' | 'no-capacity' | 'not-allowed'
export type ThingAnswer = Promise<Result<CloudThing, CloudRefusal>>

/** What a new thing is told: `key` finds the first one again, `ownerAccountId` comes back with its usage. */
export type NewThing = { readonly key: string; readonly name: string; readonly zone: string; readonly ownerAccountId: string }

/** Changes how a thing is tied to a server. Repeating one that is done succeeds. */
type Attaching = { attach(ref: string, serverRef: string): ThingAnswer; detach(ref: string): ThingAnswer }

/** Who may come into a network from outside. The cloud keeps the password, and no one else does. */
export type VpnUser = { readonly name: string; readonly password: string }

/** How a load balancer spreads what arrives at its ports. */
export type Balancing = { readonly algorithm: BalancingAlgorithm; readonly rules: readonly BalancerRule[] }
export type MemberHealth = { readonly serverRef: string; readonly isHealthy: boolean }

export type MetricPoint = {
  readonly at: Date
  /** Share of all processors, 0 to 100. */
  readonly cpuPercent: number
  /** Bytes a second, read and written together. */
  readonly diskBytes: number
  /** Bytes a second. */
  readonly sentBytes: number
  readonly receivedBytes: number
}

/**
 * What a cloud offers beside running servers, by capability. A part that is not there is not offered. Each operation returns at once
 * with the thing as it is then, often `building`; repeating it changes nothing more. Refusals are answers; a cloud that does not
 * answer throws, and the calling job retries.
 */
export type CloudParts = {
  /** Gives the server another size from now on, on or off. A disk only grows: a smaller one than it has is left out. */
  readonly resize: (ref: string, size: ServerSize) => Promise<CloudServer>
  /** Begins the server anew from an image, given by code or by the reference of a private one; all on its disk is lost. */
  readonly rebuild: (ref: string, image: string) => ThingAnswer
  readonly console: {
    /** A way to the server's screen that works once and for a short while; `null` for a server that is not there. */
    open(ref: string): Promise<{ readonly ticket: string; readonly expiresAt: Date } | null>
    /** Uses a ticket up: what the screen shows; null for one that is unknown, used or too old. */
    show(ticket: string): Promise<{ readonly serverRef: string; readonly lines: readonly string[] } | null>
  }
  /** One point for each step of a span, the oldest first; nothing for the time before the server began. */
  readonly metrics: (
    ref: string,
    span: { readonly from: Date; readonly to: Date; readonly stepMinutes: number },
  ) => Promise<readonly MetricPoint[]>
  readonly backups: {
    take(thing: NewThing, serverRef: string): ThingAnswer
    restore(ref: string, serverRef: string): ThingAnswer
    remove(ref: string): ThingAnswer
  }
  readonly firewall: {
    /** Only what the rules name gets through, in their direction; a direction without a rule is open. */
    set(serverRef: string, rules: readonly FirewallRule[]): ThingAnswer
    read(serverRef: string): Promise<readonly FirewallRule[]>
  }
  readonly volumes: Attaching & {
    create(thing: NewThing, sizeGib: number): ThingAnswer
    /** Volumes only grow. */
    resize(ref: string, sizeGib: number): ThingAnswer
    remove(ref: string): ThingAnswer
  }
  readonly addresses: Attaching & { acquire(thing: NewThing): ThingAnswer; release(ref: string): ThingAnswer }
  /** Of a server's own address, or of an address by its reference; null takes the name away. */
  readonly 'reverse-dns': { set(ref: string, name: string | null): ThingAnswer; read(ref: string): Promise<string | null> }
  readonly images: {
    make(thing: NewThing, serverRef: string): ThingAnswer
    register(thing: NewThing, url: string): ThingAnswer
    remove(ref: string): ThingAnswer
  }
  readonly networks: {
    create(thing: NewThing, range: string): ThingAnswer
    join(ref: string, serverRef: string): ThingAnswer
    leave(ref: string, serverRef: string): ThingAnswer
    remove(ref: string): ThingAnswer
  }
  readonly vpn: {
    /** Lets people with `sharedKey` and a password into a network, at an address of its own. One that is open with another key is refused. */
    open(networkRef: string, sharedKey: string): ThingAnswer
    setKey(networkRef: string, sharedKey: string): ThingAnswer
    /** Shuts it: every user is gone at once, and so is the address. */
    close(networkRef: string): ThingAnswer
    /** Somebody of that name with another password is refused. Metered from then on until it is taken away. */
    addUser(networkRef: string, user: VpnUser): ThingAnswer
    /** The password before no longer opens anything. */
    setPassword(networkRef: string, user: VpnUser): ThingAnswer
    removeUser(networkRef: string, name: string): ThingAnswer
    /** Names of those who may come in; never a password. */
    users(networkRef: string): Promise<readonly string[]>
  }
  readonly 'load-balancers': {
    /** Comes with a public address of its own. */
    create(thing: NewThing, balancing: Balancing): ThingAnswer
    /** Replaces how connections are spread, and what is listened to. */
    set(ref: string, balancing: Balancing): ThingAnswer
    join(ref: string, serverRef: string): ThingAnswer
    leave(ref: string, serverRef: string): ThingAnswer
    /** Each member, and whether it gets connections now. */
    health(ref: string): Promise<readonly MemberHealth[]>
    /** Its servers stay as they are. */
    remove(ref: string): ThingAnswer
  }
  readonly dns: {
    /** `name` of the thing is the domain; one that somebody else has is refused. */
    create(thing: NewThing): ThingAnswer
    setRecords(ref: string, records: readonly DnsRecord[]): ThingAnswer
    read(ref: string): Promise<readonly DnsRecord[]>
    remove(ref: string): ThingAnswer
  }
  readonly 'cloud-interface': {
    /**
     * A way into the cloud's own interface at `address`, signed in to one of its accounts or projects: it works once and for a short while,
     * and holds no key that outlives the visit. Null for an owner the cloud does not know.
     */
    open(ownerId: string, address: string): Promise<{ readonly url: string; readonly expiresAt: Date } | null>
    /** Uses a way up, for a cloud whose interface is a page of ours: what the visit shows. Null for one that is unknown, used, too old or of another host. */
    enter?(ticket: string, host: string): Promise<CloudVisit | null>
  }
}

/** What somebody sees in the interface of a cloud whose pages are ours. */
export type CloudVisit = {
  /** The account or project that the visit is signed in to. */
  readonly ownerId: string
  readonly servers: readonly (Pick<CloudServer, 'ref' | 'state' | 'address'> & { readonly name: string })[]
}

/**
 * Runs servers in one cloud. Repeating an action on a server already in that state succeeds.
 * Throws when the cloud does not answer: the calling job retries.
 */
export interface CloudDriver extends UsageSource {
  /** What the cloud offers beside servers; the names of the parts are its capabilities. */
  readonly parts: Partial<Pick<CloudParts, CloudCapability>>
  /** Accepts the server and returns at once, usually in state `building`. */
  createServer(spec: ServerSpec): Promise<CloudServer>
  /** The true present state; undefined when the cloud never had it. */
  getServer(ref: string): Promise<CloudServer | undefined>
  /** Whether something answers at a TCP port of a server now; false for one that does not run. */
  answersAt(ref: string, port: number): Promise<boolean>
  startServer(ref: string): Promise<CloudServer>
  stopServer(ref: string): Promise<CloudServer>
  rebootServer(ref: string): Promise<CloudServer>
  /** Ends the server for good; its usage ends with the same instant. */
  destroyServer(ref: string): Promise<CloudServer>
  /** A thing as it is now; undefined when the cloud never had it. */
  getThing(ref: string): Promise<CloudThing | undefined>
}
