import { expect, test } from 'vitest'
import { toPublicId } from './ids.ts'
import { readSearch } from './search-words.ts'

test('nothing, and nothing but white space, looks for nothing', () => {
  expect([null, '', ' \t\u0000 '].map(readSearch)).toEqual([null, null, null])
})

test('signs of the database stand for themselves', () => {
  expect(readSearch(' 100%_\\ ')).toMatchObject({ text: '100%_\\', anywhere: '%100\\%\\_\\\\%' })
})

test('what no database can hold is left out', () => {
  expect(readSearch('web\u0000server \ud800')?.text).toBe('web server')
})

test('two hundred letters are read, and no letter is cut in half', () => {
  expect(readSearch('a'.repeat(500))?.text).toHaveLength(200)
  expect([...(readSearch('🦊'.repeat(300))?.text ?? '')]).toHaveLength(200)
})

test('a public id is known by its prefix, however it is written', () => {
  const uuid = '0192f0c1-0000-7000-8000-00000000002a'
  for (const kind of ['resource', 'volume', 'invoice', 'account', 'ticket'] as const) {
    expect(readSearch(toPublicId(kind, uuid).toUpperCase())?.publicId).toEqual({ kind, uuid })
  }
  expect(readSearch(toPublicId('charge', uuid))?.publicId).toBeNull()
  expect(readSearch('srv_12')?.publicId).toBeNull()
})

test('a number is one of a document or a ticket; with its sign it is a ticket', () => {
  expect(readSearch('42')).toMatchObject({ number: 42, isNumbered: false })
  expect(readSearch('#42')).toMatchObject({ number: 42, isNumbered: true })
  expect(readSearch('42a')).toMatchObject({ number: null, isNumbered: false })
  expect(readSearch('9999999999')?.number).toBeNull()
})
