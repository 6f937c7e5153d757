import { expect, test } from 'vitest'
import { type Page, readPages } from './read-pages.ts'

const limits = { pageSize: 2, maxPages: 50, maxRepeatedPages: 3 }
const page = (text: string): Page<string> => ({ records: [...text], fingerprint: text })

async function read(ask: (number: number) => string): Promise<string> {
  const pages: string[] = []
  for await (const records of readPages(async (number) => page(ask(number)), limits)) pages.push(records.join(''))
  return pages.join(' ')
}

test('a listing ends at a short page with nothing behind it', async () => {
  expect(await read((number) => ['ab', 'cd', 'e'][number - 1] ?? '')).toBe('ab cd e')
  expect(await read((number) => ['ab', 'cd'][number - 1] ?? '')).toBe('ab cd')
  expect(await read(() => '')).toBe('')
})

test('a short page in the middle does not end the listing', async () => {
  expect(await read((number) => ['ab', 'c', 'de', 'f'][number - 1] ?? '')).toBe('ab c de f')
})

test('a page served a second time in place of the next is asked for again', async () => {
  let slips = 1
  expect(await read((number) => (number === 2 && slips-- > 0 ? 'ab' : (['ab', 'cd', 'e'][number - 1] ?? '')))).toBe('ab cd e')
})

test('a page that was empty for a moment is read after all', async () => {
  let slips = 1
  expect(await read((number) => (number === 2 && slips-- > 0 ? '' : (['ab', 'cd', 'e'][number - 1] ?? '')))).toBe('ab cd e')
})

test('a page that stays empty before a full one fails the listing', async () => {
  await expect(read((number) => ['ab', '', 'cd', 'e'][number - 1] ?? '')).rejects.toMatchObject({ code: 'page-missing' })
})

test('a listing that repeats one page for ever is stopped', async () => {
  await expect(read(() => 'ab')).rejects.toMatchObject({ code: 'paging-loop' })
})

test('a listing that goes round in a circle is stopped', async () => {
  await expect(read((number) => ['ab', 'cd', 'ef'][number % 3] ?? '')).rejects.toMatchObject({ code: 'paging-loop' })
})

test('a listing that never ends is stopped', async () => {
  await expect(read((number) => String(number + 10))).rejects.toMatchObject({ code: 'paging-loop' })
})

test('a cloud that ignores page numbers but fits on one page is read once', async () => {
  expect(await read(() => 'a')).toBe('a')
})
