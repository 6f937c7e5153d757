import { noteFilesSealed, unsealedFiles } from '#app/db/documents/deliveries.server.ts'
import type { FileStore } from '#app/ports/file-store.ts'
import type { TenantProcess } from '../tenant-process.server.ts'

const pageSize = 50

/** Puts the files of documents that were stored before there was sealing into the store again, which seals them; returns how many. Safe to repeat. */
export async function sealFiles(process: TenantProcess<{ readonly files: FileStore }>): Promise<number> {
  const { files } = process.ports
  for (let total = 0; ; ) {
    const page = await process.inTenant((ctx) => unsealedFiles(ctx, pageSize))
    for (const { fileKey } of page) {
      const content = await files.get(fileKey)
      if (content) await files.put(fileKey, content)
    }
    await process.inTenant((ctx) =>
      noteFilesSealed(
        ctx,
        page.map(({ id }) => id),
      ),
    )
    total += page.length
    if (page.length < pageSize) return total
  }
}
