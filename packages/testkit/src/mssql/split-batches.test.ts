import { expect, it } from 'vitest'
import { splitBatches } from './split-batches.ts'

it('cuts a script at the lines that are GO and nothing else', () => {
  const script = "create table go_home (a int)\nGO\n\nselect 'go', 1 -- go\r\n  go ;\r\n\r\ngo\nselect 2"
  expect(splitBatches(script)).toEqual(['create table go_home (a int)', "select 'go', 1 -- go", 'select 2'])
})
