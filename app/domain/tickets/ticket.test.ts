import { describe, expect, test } from 'vitest'
import { stateAfterDeed, stateAfterMessage, ticketStates, typedLink, withLinesKept } from './ticket.ts'

describe('a ticket', () => {
  test('waits for the seller after the customer wrote, also when it was closed', () => {
    for (const state of ticketStates) expect(stateAfterMessage(state, { side: 'customer', isInternal: false })).toBe('open')
  })

  test('waits for the customer after staff wrote', () => {
    for (const state of ticketStates) expect(stateAfterMessage(state, { side: 'staff', isInternal: false })).toBe('answered')
  })

  test('stands as it stood after a note among staff', () => {
    for (const state of ticketStates) expect(stateAfterMessage(state, { side: 'staff', isInternal: true })).toBe(state)
  })

  test('is closed once, and opened again once', () => {
    expect(stateAfterDeed('open', 'close')).toEqual({ ok: true, value: 'closed' })
    expect(stateAfterDeed('answered', 'close')).toEqual({ ok: true, value: 'closed' })
    expect(stateAfterDeed('closed', 'close')).toEqual({ ok: false, error: 'closed-already' })
    expect(stateAfterDeed('closed', 'reopen')).toEqual({ ok: true, value: 'open' })
    expect(stateAfterDeed('answered', 'reopen')).toEqual({ ok: false, error: 'open-already' })
  })

  test('is about a server, an invoice or an order, and nothing else', () => {
    expect(typedLink('server:7')).toEqual({ kind: 'server', id: '7' })
    for (const text of ['', 'server', 'server:', 'people:7', 'server:7:8']) expect(typedLink(text)).toBeUndefined()
  })
})

test('lines of a message stay lines, and paragraphs stay apart, as browsers and mail programs end them', () => {
  expect(withLinesKept('- first page\r\n- cart\r\n\r\n**Both**\r\nare slow.')).toBe('- first page  \n- cart\n\n**Both**  \nare slow.')
  expect(withLinesKept('one\n\n\ntwo \nthree')).toBe('one\n\n\ntwo  \nthree')
})
