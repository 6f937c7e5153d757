import { describe, expect, test } from 'vitest'
import { disputeAfter } from './dispute-state.ts'
import { evidenceLimits, evidenceName, evidenceProblem, evidenceTypeOf } from './evidence.ts'

const pdf = new TextEncoder().encode('%PDF-1.7')

test.each([
  ['needs-response', 'under-review', 'under-review'],
  ['under-review', 'needs-response', 'under-review'],
  ['needs-response', 'lost', 'lost'],
  ['won', 'under-review', 'won'],
  ['won', 'lost', 'won'],
  ['lost', 'won', 'lost'],
] as const)('a dispute that is %s and is seen %s is %s', (state, seen, after) => {
  expect(disputeAfter(state, seen)).toBe(after)
})

describe('evidence', () => {
  test('is known by its bytes, not by its name', () => {
    expect(evidenceTypeOf(pdf)).toBe('application/pdf')
    expect(evidenceTypeOf(new Uint8Array([0xff, 0xd8, 0xff, 0xe0]))).toBe('image/jpeg')
    expect(evidenceTypeOf(new TextEncoder().encode('<script>'))).toBeNull()
  })

  test('is refused when it is empty, too large, too much or of another kind', () => {
    const file = (bytes: Uint8Array) => ({ name: 'order.pdf', bytes })
    expect(evidenceProblem(file(pdf), [])).toBeNull()
    expect(evidenceProblem(file(new Uint8Array()), [])).toBe('file-empty')
    expect(evidenceProblem(file(new Uint8Array(evidenceLimits.fileBytes + 1)), [])).toBe('file-too-large')
    expect(evidenceProblem(file(new TextEncoder().encode('MZ')), [])).toBe('file-of-other-kind')
    expect(
      evidenceProblem(
        file(pdf),
        Array.from({ length: evidenceLimits.files }, () => 1),
      ),
    ).toBe('too-many-files')
    expect(evidenceProblem(file(pdf), [evidenceLimits.allBytes])).toBe('files-too-large')
  })

  test('leaves under a plain name', () => {
    expect(evidenceName('C:\\Users\\ada\\Auftrag "4711".pdf')).toBe('Auftrag 4711.pdf')
    expect(evidenceName('../../etc/passwd')).toBe('passwd')
    expect(evidenceName('///')).toBe('file')
  })
})
