/** Keeps finished documents under a key such as `invoices/<tenant>/<id>.pdf`. Keys never leave the store's root. */
export interface FileStore {
  /** Stores `content`; writing the same key again replaces it in one move. */
  put(key: string, content: Uint8Array): Promise<void>
  /** The stored bytes; undefined when there is nothing under `key`. */
  get(key: string): Promise<Uint8Array | undefined>
}

/** The same for files that are never whole in memory. */
export interface LargeFileStore extends FileStore {
  /** Stores what comes in parts; a reader sees nothing of it before the last one. */
  putParts(key: string, parts: AsyncIterable<Uint8Array>): Promise<void>
  /** The stored bytes in parts; undefined when there is nothing under `key`. */
  getParts(key: string): Promise<AsyncIterable<Uint8Array> | undefined>
}
