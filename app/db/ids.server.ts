import { v7 } from 'uuid'

/** A fresh UUIDv7: ordered by time, so that new rows stay together in their index. */
export function newId(): string {
  return v7()
}
