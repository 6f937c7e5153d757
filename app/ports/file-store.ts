/** Keeps finished documents under a key such as `invoices/<tenant>/<id>.pdf`. Keys never leave the store's root. */
export interface FileStore {
  /** Stores `content`; writing the same key again replaces it in one move. */
  put(key: string, content: Uint8Array): Promise<void>
  /** The stored bytes; undefined when there is nothing under `key`. */
  get(key: string): Promise<Uint8Array | undefined>
}
