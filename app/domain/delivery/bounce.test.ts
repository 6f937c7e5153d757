import { describe, expect, test } from 'vitest'
import { isDeadAddress, refusalOf } from './bounce.ts'

describe('an address is not mailed again', () => {
  test.each([
    ['there is no such mailbox', '5.1.1', true],
    ['the domain takes no mail', '5.1.10', true],
    ['the mailbox is closed', '5.2.1', true],
    ['a server of few words says there is none', '550', true],
    ['the mailbox is full', '5.2.2', false],
    ['the sender is on a list', '5.7.1', false],
    ['the message is too large', '552', false],
    ['the server gave up after days', '4.4.7', false],
  ])('when %s (%s): %s', (_what, statusCode, isDead) => {
    expect(isDeadAddress(refusalOf(statusCode, ''))).toBe(isDead)
  })
})

test('what a server said is kept as one line of at most 300 characters', () => {
  expect(refusalOf('550', 'no such\r\n  user ').reason).toBe('no such user')
  expect(refusalOf('550', 'x'.repeat(1000)).reason).toHaveLength(300)
})
