import { expect, test } from 'vitest'
import { logoBox } from './logo-box.ts'

const most = { width: 240, height: 32 }

test('a logo keeps its proportions and fits', () => {
  expect(logoBox('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 211.73 40">', most)).toEqual({ width: 169, height: 32 })
  expect(logoBox('<svg viewBox="0,0,1200,60"><rect width="9" height="9"/></svg>', most)).toEqual({ width: 240, height: 12 })
  expect(logoBox('<svg width="64px" height="64">', most)).toEqual({ width: 32, height: 32 })
})

test('a drawing that does not tell its size has none', () => {
  expect(logoBox('<svg width="100%"><rect width="9" height="9"/></svg>', most)).toBeUndefined()
  expect(logoBox('no drawing', most)).toBeUndefined()
})
