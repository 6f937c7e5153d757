import { CloudError } from '../cloud-error.ts'

/** One page of a listing; `fingerprint` is equal for equal content. */
export type Page<T> = { readonly records: readonly T[]; readonly fingerprint: string }

export type PagingLimits = {
  readonly pageSize: number
  readonly maxPages: number
  /** Pages whose content was seen before, in one listing: a few happen, many are a loop. */
  readonly maxRepeatedPages: number
}

/** How often a page that cannot be right is asked for again. */
const reasks = 2

/**
 * A numbered listing page by page, until a short page with nothing behind it. The page behind is looked at because a cloud hides
 * some records after paging, which makes a short page in the middle. A page equal to the one before it is asked for again, then
 * taken. What is yielded twice is harmless (records have content keys); what would be lost is an error.
 * @throws CloudError `page-missing` when a page stays empty although the next one is not, `paging-loop` when pages keep repeating.
 */
export async function* readPages<T>(ask: (number: number) => Promise<Page<T>>, limits: PagingLimits): AsyncGenerator<readonly T[]> {
  const seen = new Set<string>()
  let previous: Page<T> | undefined
  let repeated = 0
  for (let number = 1; number <= limits.maxPages; number += 1) {
    const page = await askUntil(ask, number, (answer) => answer.fingerprint !== previous?.fingerprint)
    if (seen.has(page.fingerprint)) repeated += 1
    if (repeated > limits.maxRepeatedPages) throw loop(number)
    seen.add(page.fingerprint)
    previous = page

    if (page.records.length > 0) yield page.records
    if (page.records.length >= limits.pageSize) continue
    const next = await ask(number + 1)
    if (next.records.length === 0 || next.fingerprint === page.fingerprint) return
    if (page.records.length === 0) yield await askMissing(ask, number)
  }
  throw loop(limits.maxPages)
}

async function askMissing<T>(ask: (number: number) => Promise<Page<T>>, number: number): Promise<readonly T[]> {
  const page = await askUntil(ask, number, (answer) => answer.records.length > 0)
  if (page.records.length > 0) return page.records
  throw new CloudError('page-missing', `page ${number} is empty although page ${number + 1} is not`)
}

async function askUntil<T>(
  ask: (number: number) => Promise<Page<T>>,
  number: number,
  isGood: (page: Page<T>) => boolean,
): Promise<Page<T>> {
  let page = await ask(number)
  for (let again = 0; again < reasks && !isGood(page); again += 1) page = await ask(number)
  return page
}

function loop(number: number): CloudError {
  return new CloudError('paging-loop', `the listing repeats itself and has not ended at page ${number}`)
}
