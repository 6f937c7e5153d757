import { finishReRate, markPreviewed, postNextContract, previewNextContracts } from '#app/services/rerating/run-re-rate.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'

/** The dry run of a re-rating, as its job does it. */
export async function previewReRate(tenantId: string, runId: string): Promise<void> {
  const process = processOf(tenantId, {})
  for (let afterContractId: string | null = null; ; ) {
    const page: Awaited<ReturnType<typeof previewNextContracts>> = await previewNextContracts(process, { runId, afterContractId })
    if (!page.ok) throw new Error(page.error)
    if (page.value.lastContractId === null) break
    afterContractId = page.value.lastContractId
  }
  await markPreviewed(process, { runId })
}

/** Posts all of an approved re-rating, as its job does it. */
export async function postReRate(tenantId: string, runId: string): Promise<void> {
  const process = processOf(tenantId, {})
  while (!(await postNextContract(process, { runId })).isDone);
  await finishReRate(process, { runId })
}
