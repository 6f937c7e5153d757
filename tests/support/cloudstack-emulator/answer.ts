import type { Fault } from './faults.ts'
import { type Cloud, type Listing, listUsageRecords, type Refusal } from './list-usage-records.ts'
import { type Parameter, parameterOf, verifiedAccount } from './verify-signature.ts'
import type { ApiAccount } from './world.ts'

export type Served = { readonly status: number; readonly body: string; readonly listing?: Listing; readonly fault?: Fault }

export type Question = {
  readonly parameters: readonly Parameter[]
  readonly now: number
  readonly accounts: readonly ApiAccount[]
  readonly cloud: Cloud
  readonly nextFault: (page: number) => Fault | undefined
}

type List = (page: number, back?: number) => Listing | Refusal

/** The cloud's answer to one request, in CloudStack's envelopes, with the fault that is due. */
export function answer({ parameters, now, accounts, cloud, nextFault }: Question): Served {
  const ask = (name: string) => parameterOf(parameters, name)
  const command = (ask('command') ?? 'error').toLowerCase()
  const account = verifiedAccount(parameters, accounts, now)
  if (!account) return refused(command, { status: 401, text: 'unable to verify user credentials and/or request signature' })
  if (command !== 'listusagerecords') {
    return refused(command, { status: 401, text: `The given command '${command}' either does not exist, is not available for user.` })
  }
  if (ask('response') !== 'json') return { status: 200, body: '<?xml version="1.0" encoding="UTF-8"?><listusagerecordsresponse/>' }

  const listing = listUsageRecords(cloud, account, ask)
  if ('status' in listing) return refused(command, listing)
  const list: List = (page, back) => listUsageRecords(cloud, account, (name) => (name === 'page' ? String(page) : ask(name)), back)
  return faulty(listing, nextFault(listing.page), list)
}

function refused(command: string, { status, text }: Refusal): Served {
  const details = status === 431 ? { cserrorcode: 4350 } : {}
  return { status, body: JSON.stringify({ [`${command}response`]: { uuidList: [], errorcode: status, ...details, errortext: text } }) }
}

/** The answer with its fault. `listing` is what the client gets to read, for the log. */
function faulty(listing: Listing, fault: Fault | undefined, list: List): Served {
  if (!fault) return served(listing)
  const unread: Listing = { page: listing.page, entries: [] }
  const other = (page: number, back = 0): Served => {
    const found = list(Math.max(1, page), back)
    return { ...served('status' in found ? unread : { ...found, page: listing.page }), fault }
  }
  switch (fault.kind) {
    case 'status':
      return { ...refused('listusagerecords', { status: fault.status, text: 'Internal error executing command' }), listing: unread, fault }
    case 'repeat':
      return other(listing.page - 1)
    case 'loop':
      return other(fault.page)
    case 'overlap':
      return other(listing.page, 10)
    case 'empty':
      return { ...served(unread), fault }
    case 'malformed':
      return { status: 200, body: print(listing).replaceAll('":', '"'), listing: unread, fault }
    case 'truncated':
      return { status: 200, body: print(listing).slice(0, -25), listing: unread, fault }
    case 'slow':
      return { ...served(listing), fault }
    case 'cut':
    case 'huge':
    case 'silent':
      return { status: 200, body: print(listing), listing: unread, fault }
  }
}

function served(listing: Listing): Served {
  return { status: 200, body: print(listing), listing }
}

function print({ entries }: Listing): string {
  const inner = entries.length === 0 ? {} : { count: entries.length, usagerecord: entries.map(({ record }) => record) }
  return JSON.stringify({ listusagerecordsresponse: inner })
}
