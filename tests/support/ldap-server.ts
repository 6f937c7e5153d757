import { type AddressInfo, createServer, type Socket } from 'node:net'
import { createServer as createSecureServer, TLSSocket } from 'node:tls'
import {
  AndFilter,
  BerReader,
  BerWriter,
  EqualityFilter,
  ExtensibleFilter,
  type Filter,
  FilterParser,
  OrFilter,
  PresenceFilter,
} from 'ldapts'
import { selfSigned } from './self-signed.ts'

export type LdapEntry = {
  readonly dn: string
  readonly password?: string
  readonly attributes: Readonly<Record<string, readonly (string | Buffer)[]>>
}
export type LdapServerFacts = {
  readonly base: string
  readonly entries: LdapEntry[]
  readonly isSecure?: boolean
  /** What a hostile or broken directory does instead of answering a search. */
  readonly onSearch?: (socket: Socket, messageId: number) => void
  /** Hangs up after the line was encrypted on request. */
  readonly dropsAfterTls?: boolean
  /** Answers any bind that has no password as one of nobody, which succeeds. */
  readonly takesEmptyPasswords?: boolean
}

export type LdapServer = {
  readonly port: number
  readonly cert: string
  /** What was bound as, in order. */
  readonly binds: { readonly dn: string; readonly password: string; readonly isEncrypted: boolean; readonly isRight: boolean }[]
  readonly filters: string[]
  close(): Promise<void>
}

type Line = { socket: Socket; isEncrypted: boolean; boundAs: string | null }

const inChain = '1.2.840.113556.1.4.1941'

/** A directory that speaks LDAP 3 over TCP: simple binds, searches, StartTLS. What it does not know it refuses. */
export async function startLdapServer(facts: LdapServerFacts): Promise<LdapServer> {
  const { key, cert } = selfSigned('localhost')
  const binds: LdapServer['binds'] = []
  const filters: string[] = []
  const open = new Set<Socket>()

  function serve(socket: Socket, isEncrypted: boolean): void {
    const line: Line = { socket, isEncrypted, boundAs: null }
    let waiting = Buffer.alloc(0)
    open.add(socket)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => open.delete(socket))
    socket.on('data', function receive(part: Buffer) {
      waiting = Buffer.concat([waiting, part])
      for (let whole = takeMessage(waiting); whole; whole = takeMessage(waiting)) {
        waiting = waiting.subarray(whole.length)
        if (answer(line, whole) === 'encrypt') {
          socket.off('data', receive)
          serve(new TLSSocket(socket, { isServer: true, key, cert }), true)
          if (facts.dropsAfterTls) setImmediate(() => socket.destroy())
        }
      }
    })
  }

  function answer(line: Line, message: Buffer): 'encrypt' | null {
    const reader = new BerReader(message)
    reader.readSequence()
    const id = reader.readInt() ?? 0
    const operation = reader.readSequence()
    if (operation === 0x60) bind(line, id, reader)
    else if (operation === 0x63) search(line, id, reader)
    else if (operation === 0x42) line.socket.end()
    else if (operation === 0x77) {
      send(line, id, result(0x78, 0))
      return 'encrypt'
    } else send(line, id, result(0x65, 2))
    return null
  }

  function bind(line: Line, id: number, reader: BerReader): void {
    reader.readInt()
    const dn = reader.readString() ?? ''
    const password = reader.readString(0x80) ?? ''
    const entry = facts.entries.find((one) => one.dn.toLowerCase() === dn.toLowerCase())
    const isRight = (password === '' && facts.takesEmptyPasswords === true) || (password !== '' && entry?.password === password)
    binds.push({ dn, password, isEncrypted: line.isEncrypted, isRight })
    line.boundAs = isRight ? dn : null
    send(line, id, result(0x61, isRight ? 0 : 49))
  }

  function search(line: Line, id: number, reader: BerReader): void {
    const base = reader.readString() ?? ''
    const most = sizeLimitOf(reader)
    const filter = FilterParser.parse(reader)
    filters.push(filter.toString())
    if (facts.onSearch) {
      facts.onSearch(line.socket, id)
      return
    }
    if (line.boundAs === null || !isBelow(base, facts.base)) {
      send(line, id, result(0x65, line.boundAs === null ? 50 : 32))
      return
    }
    const found = facts.entries.filter((entry) => isBelow(entry.dn, base) && matches(entry, filter, facts.entries))
    for (const entry of found.slice(0, most || found.length)) send(line, id, entryOf(entry))
    send(line, id, reference('ldap://198.51.100.1/DC=elsewhere'))
    send(line, id, result(0x65, most > 0 && found.length > most ? 4 : 0))
  }

  const server = facts.isSecure
    ? createSecureServer({ key, cert }, (socket) => serve(socket, true))
    : createServer((socket) => serve(socket, false))
  server.on('tlsClientError', () => undefined)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    cert,
    binds,
    filters,
    async close() {
      for (const socket of open) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Reads on to the filter; returns how many entries are wanted at most, 0 for all. */
function sizeLimitOf(reader: BerReader): number {
  reader.readEnumeration()
  reader.readEnumeration()
  const most = reader.readInt() ?? 0
  reader.readInt()
  reader.readBoolean()
  return most
}

function takeMessage(waiting: Buffer): Buffer | null {
  if (waiting.length < 2) return null
  const reader = new BerReader(waiting)
  if (reader.readSequence() === null || reader.offset + reader.length > waiting.length) return null
  return waiting.subarray(0, reader.offset + reader.length)
}

type Write = (writer: BerWriter) => void

function send({ socket }: Line, id: number, write: Write): void {
  const writer = new BerWriter()
  writer.startSequence()
  writer.writeInt(id)
  write(writer)
  writer.endSequence()
  socket.write(writer.buffer)
}

function result(operation: number, code: number): Write {
  return (writer) => {
    writer.startSequence(operation)
    writer.writeEnumeration(code)
    writer.writeString('')
    writer.writeString('')
    writer.endSequence()
  }
}

function reference(address: string): Write {
  return (writer) => {
    writer.startSequence(0x73)
    writer.writeString(address)
    writer.endSequence()
  }
}

function entryOf({ dn, attributes }: LdapEntry): Write {
  return (writer) => {
    writer.startSequence(0x64)
    writer.writeString(dn)
    writer.startSequence()
    for (const [name, values] of Object.entries(attributes)) {
      writer.startSequence()
      writer.writeString(name)
      writer.startSequence(0x31)
      for (const value of values) writer.writeBuffer(Buffer.from(value), 0x04)
      writer.endSequence()
      writer.endSequence()
    }
    writer.endSequence()
    writer.endSequence()
  }
}

function isBelow(dn: string, base: string): boolean {
  const [low, high] = [dn.toLowerCase(), base.toLowerCase()]
  return low === high || low.endsWith(`,${high}`)
}

function matches(entry: LdapEntry, filter: Filter, all: readonly LdapEntry[]): boolean {
  if (filter instanceof AndFilter) return filter.filters.every((one) => matches(entry, one, all))
  if (filter instanceof OrFilter) return filter.filters.some((one) => matches(entry, one, all))
  if (filter instanceof PresenceFilter) return valuesOf(entry, filter.attribute).length > 0
  if (filter instanceof ExtensibleFilter)
    return filter.rule === inChain && filter.matchType.toLowerCase() === 'member' && holdsInChain(entry, filter.value, all)
  if (!(filter instanceof EqualityFilter)) return false
  const wanted = String(filter.value).toLowerCase()
  return valuesOf(entry, filter.attribute).some((value) => String(value).toLowerCase() === wanted)
}

/** Whether the group has the name among its members, or a group that has. */
function holdsInChain(group: LdapEntry, dn: string, all: readonly LdapEntry[], seen = new Set<string>()): boolean {
  if (seen.has(group.dn)) return false
  seen.add(group.dn)
  const members = valuesOf(group, 'member').map((value) => String(value).toLowerCase())
  if (members.includes(dn.toLowerCase())) return true
  return all.some((one) => members.includes(one.dn.toLowerCase()) && holdsInChain(one, dn, all, seen))
}

function valuesOf({ attributes }: LdapEntry, name: string): readonly (string | Buffer)[] {
  const key = Object.keys(attributes).find((one) => one.toLowerCase() === name.toLowerCase())
  return key === undefined ? [] : (attributes[key] ?? [])
}
