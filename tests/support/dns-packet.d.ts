/** The part of dns-packet that the tests use; the package ships no types. */
declare module 'dns-packet' {
  export type Question = { readonly type: string; readonly name: string }
  export type Answer =
    | { readonly type: 'TXT'; readonly name: string; readonly ttl?: number; readonly data: string | readonly string[] }
    | { readonly type: 'A' | 'AAAA' | 'CNAME'; readonly name: string; readonly ttl?: number; readonly data: string }
  type Packet = {
    readonly id?: number
    readonly type: string
    readonly flags?: number
    readonly questions?: Question[]
    readonly answers?: Answer[]
  }

  export const AUTHORITATIVE_ANSWER: number
  export function decode(bytes: Uint8Array): Packet
  export function encode(packet: Packet): Uint8Array
}
