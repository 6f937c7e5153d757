import { parseSshKey, type SshKeyProblem } from '#app/domain/cloud/ssh-key.ts'
import { ok } from '#app/domain/shared/result.ts'

/** One thing that is ordered, as a form says it. */
export type OrderLine = {
  /** Of a plan or a bundle. */
  readonly planCode: string
  /** Codes of the products taken beside it. */
  readonly optionCodes?: readonly string[]
  /** Where the server stands, what it runs and how it is called; without meaning for a bundle that holds no plan. */
  readonly locationCode?: string | undefined
  /** Of an image of the seller's, or the id of a private one of the buyer's in that place. */
  readonly imageCode?: string | undefined
  readonly name?: string | undefined
  /** A public key as typed, or the id of one that the buyer keeps. */
  readonly sshKey?: string | undefined
  readonly sshKeyId?: string | undefined
  /** How many of the same; one unless said. Several servers are numbered. */
  readonly quantity?: number | undefined
  /** Of a service that is ordered by itself: how many hours or pieces; one unless said. */
  readonly units?: number | undefined
  /** What the buyer tells the seller with such a service. */
  readonly note?: string | undefined
  /** The project of the buyer's that its server belongs to. */
  readonly projectId?: string | undefined
  /** A private network of the buyer's in that place, which the server joins once it runs. */
  readonly networkId?: string | undefined
  /** Of an application, the tier that it is a server of. */
  readonly tier?: string | undefined
  /** The application that it belongs to: lines that hold the same wish are one application, others of the same kind another one. */
  readonly application?: ApplicationWish | undefined
}

/** The application that lines of an order are: a new one by the code of its template or design, or one that gets more servers. */
export type ApplicationWish = { readonly templateCode: string; readonly name: string } | { readonly applicationId: string }

/** How it is ordered, whatever it is. */
export type OrderManner = {
  /** As typed. */
  readonly promoCodes?: readonly string[]
  /** A digest of the network address; none for staff and jobs. */
  readonly addressHash?: string
  /** The network address itself: looked up among the ranges on the seller's lists, and kept nowhere. */
  readonly address?: string | undefined
  /** The buyer pays before anything is built. */
  readonly paysNow?: boolean
  /** By a bank transfer, which is awaited. */
  readonly byTransfer?: boolean
  readonly consent?: OrderConsent | undefined
  /** What the buyer agreed to pay the first time, in minor units: another sum is refused. */
  readonly agreedMinor?: bigint
}

/** What is ordered: one thing, or several as a cart holds them. */
export type OrderChoice = OrderLine & OrderManner & { readonly further?: readonly OrderLine[] }

/** What the buyer agreed to with the order: a version of the seller's terms, and that the service begins within the time of withdrawal. */
export type OrderConsent = { readonly termsVersion: number; readonly waivesWithdrawal: boolean }

/** Everything that is ordered, the first thing first. */
export function linesOf({ further = [], ...first }: OrderChoice): readonly OrderLine[] {
  return [first, ...further]
}

const hostName = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/
/** What is wrong with the texts of a line; null when nothing is. */
export function textProblem({ name, sshKey }: Pick<OrderLine, 'name' | 'sshKey'>): 'malformed-name' | SshKeyProblem | null {
  if (name !== undefined && !hostName.test(name)) return 'malformed-name'
  const key = sshKey ? parseSshKey(sshKey) : ok(null)
  return key.ok ? null : key.error
}
