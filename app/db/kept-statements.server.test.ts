import { describe, expect, it } from 'vitest'
import { statementName } from './kept-statements.server.ts'

describe('statements that a connection keeps prepared', () => {
  it('are those that begin with the mark', () => {
    expect(statementName('\n    /* kept: take-room */ select 1')).toMatch(/^take-room-[0-9a-f]{16}$/)
    expect(statementName('select 1 /* kept: take-room */')).toBeUndefined()
    expect(statementName('select 1')).toBeUndefined()
  })

  it('have one name for one text, and another for another', () => {
    const one = statementName('/* kept: take-room */ select 1')
    expect(statementName('/* kept: take-room */ select 1')).toBe(one)
    expect(statementName('/* kept: take-room */ select 2')).not.toBe(one)
  })

  it('have names that PostgreSQL does not cut, at 63 bytes', () => {
    expect(statementName('/* kept: take-room */ select 1')?.length).toBeLessThan(63)
  })
})
