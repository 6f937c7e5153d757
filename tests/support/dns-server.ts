import { createSocket } from 'node:dgram'
import { type Answer, AUTHORITATIVE_ANSWER, decode, encode } from 'dns-packet'

/** A name server on this machine that says what a test puts in it, and shares no code with the product. */
export type DnsServer = {
  /** `address:port`, as DNS_SERVERS takes it. */
  readonly address: string
  /** Replaces what stands at `name`. */
  set(name: string, type: Answer['type'], ...data: string[]): void
  /** From now on it takes questions and says nothing. */
  fallSilent(isSilent: boolean): void
  close(): Promise<void>
}

const noSuchName = 3
/** The longest string of a TXT record; longer ones come in pieces. */
const piece = 255

/** Starts a name server on a free port of 127.0.0.1, or on `port`. */
export async function startDnsServer(port = 0): Promise<DnsServer> {
  const records = new Map<string, string[]>()
  let isSilent = false
  const keyOf = (name: string, type: string) => `${type} ${name.toLowerCase()}`
  const recordsOf = (name: string, type: string): Answer[] =>
    (records.get(keyOf(name, type)) ?? []).map((data) =>
      type === 'TXT'
        ? { type, name, ttl: 1, data: data.match(new RegExp(`.{1,${piece}}`, 'gs')) ?? [''] }
        : ({ type, name, ttl: 1, data } as Answer),
    )
  /** As a resolver does it: an alias is followed, and stands before what it leads to. */
  const answersTo = (name: string, type: string): Answer[] => {
    const own = recordsOf(name, type)
    const [alias] = type === 'CNAME' ? [] : recordsOf(name, 'CNAME')
    return alias && own.length === 0 ? [alias, ...answersTo(String(alias.data), type)] : own
  }
  const socket = createSocket('udp4')
  socket.on('message', (bytes, peer) => {
    if (isSilent) return
    const { id = 0, questions = [] } = decode(bytes)
    const [question] = questions
    const answers = question ? answersTo(question.name, question.type) : []
    const exists = [...records.keys()].some((key) => key.split(' ')[1] === question?.name.toLowerCase())
    const flags = AUTHORITATIVE_ANSWER | (exists ? 0 : noSuchName)
    socket.send(encode({ type: 'response', id, flags, questions, answers }), peer.port, peer.address)
  })
  await new Promise<void>((resolve) => socket.bind(port, '127.0.0.1', () => resolve()))
  return {
    address: `127.0.0.1:${socket.address().port}`,
    set: (name, type, ...data) => void records.set(keyOf(name, type), data),
    fallSilent: (silent) => {
      isSilent = silent
    },
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  }
}
