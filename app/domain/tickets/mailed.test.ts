import { describe, expect, test } from 'vitest'
import { isAutomatic, replyAddress, replyTokenIn, withoutQuote } from './mailed.ts'

describe('mail to a seller', () => {
  const signs = { from: 'maria@linde.example', autoSubmitted: null, precedence: null, isOfList: false }

  test('of a person is taken, of a program it is not', () => {
    expect(isAutomatic(signs)).toBe(false)
    expect(isAutomatic({ ...signs, autoSubmitted: 'no' })).toBe(false)
    expect(isAutomatic({ ...signs, autoSubmitted: 'auto-replied' })).toBe(true)
    expect(isAutomatic({ ...signs, precedence: 'bulk' })).toBe(true)
    expect(isAutomatic({ ...signs, isOfList: true })).toBe(true)
    for (const from of ['', 'MAILER-DAEMON@mx.example', 'no-reply@shop.example', 'noreply+7@shop.example'])
      expect(isAutomatic({ ...signs, from }), from).toBe(true)
  })

  test('finds its ticket by the address it was answered at', () => {
    const address = replyAddress('hallo@ahorn.example', '7-abc')
    expect(address).toBe('hallo+ticket-7-abc@ahorn.example')
    expect(replyTokenIn(['maria@linde.example', address])).toBe('7-abc')
    expect(replyTokenIn(['hallo@ahorn.example', 'hallo+news@ahorn.example'])).toBeUndefined()
  })

  test('says what its writer wrote, not what it quotes', () => {
    expect(withoutQuote('Thanks!\r\n\r\nOn Mon, 1 Jun 2026 at 10:00, Sam <sam@ahorn.example> wrote:\r\n> It has more memory.\r\n')).toBe(
      'Thanks!',
    )
    expect(withoutQuote('Danke!\n\nAm 1. Juni 2026 um 10:00 schrieb Sam\n<sam@ahorn.example>:\n\n> Mehr Speicher.\n> Gruß')).toBe('Danke!')
    expect(withoutQuote('Danke!\n\n-----Ursprüngliche Nachricht-----\nVon: Sam')).toBe('Danke!')
    expect(withoutQuote('Hello\n-- \nMaria Linde')).toBe('Hello')
    expect(withoutQuote('> first?\nYes.\n> second?\nNo.')).toBe('> first?\nYes.\n> second?\nNo.')
    expect(withoutQuote('I wrote:\nnothing yet')).toBe('I wrote:\nnothing yet')
  })

  test('is kept whole where it is nothing but a quotation', () => {
    expect(withoutQuote('> Did it help?')).toBe('> Did it help?')
  })
})
