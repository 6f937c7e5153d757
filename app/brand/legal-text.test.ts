import { expect, test } from 'vitest'
import { parseLegalText } from './legal-text.ts'

test('headings, paragraphs, hard breaks, lists and strong words become blocks', () => {
  expect(parseLegalText('# Title\n\nOne  \ntwo\nthree\n\n- **A**: b\n- c\n')).toEqual([
    { kind: 'heading', level: 1, text: 'Title' },
    { kind: 'paragraph', lines: [[{ text: 'One', isStrong: false }], [{ text: 'two three', isStrong: false }]] },
    {
      kind: 'list',
      items: [
        [
          { text: 'A', isStrong: true },
          { text: ': b', isStrong: false },
        ],
        [{ text: 'c', isStrong: false }],
      ],
    },
  ])
})

test('markup stays text', () => {
  expect(parseLegalText('<img src=x onerror=alert(1)>')).toEqual([
    { kind: 'paragraph', lines: [[{ text: '<img src=x onerror=alert(1)>', isStrong: false }]] },
  ])
})
