import { join } from 'node:path'
import { createDiskFileStore } from '#app/adapters/files/disk-file-store.ts'
import { type FileKeys, sealedFileStore } from '#app/adapters/files/sealed-file-store.ts'
import { environment } from '#app/config/env.server.ts'
import { inTenant } from '#app/db/context.server.ts'
import { documentKey, presentDocumentKey } from '#app/db/sealing/document-keys.server.ts'
import type { LargeFileStore } from '#app/ports/file-store.ts'

/** Files are sealed by the same keys of their tenant as issued documents. */
const fileKeys: FileKeys = {
  present: (tenantId) => inTenant(tenantId, presentDocumentKey),
  named: (tenantId, id) => inTenant(tenantId, (ctx) => documentKey(ctx, id)),
}

let files: LargeFileStore | undefined

/** Where finished documents lie, sealed: `files` in the data folder, which web and workers share. Not to be asked inside a transaction. */
export function fileStore(): LargeFileStore {
  files ??= fileStoreAt(join(environment().LIVERY_DATA_DIR, 'files'))
  return files
}

/** The same in another folder. */
export function fileStoreAt(root: string): LargeFileStore {
  return sealedFileStore(createDiskFileStore({ root }), fileKeys)
}

/** After this the folder of the settings is looked up anew. */
export function forgetFiles(): void {
  files = undefined
}
