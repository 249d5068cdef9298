import { expect, it } from 'vitest'
import { indexName } from './index-name.ts'

it.each([
  ['IX_Orders_Customer', 'IX_Orders_Customer'],
  ['ix_customers_namecustomers8ee06147a995c09d4198c3befe984dc7', 'ix_customers_name'],
  [
    'ix_customers_namecustomers8ee06147a995c09d4198c3befe984dc8',
    'ix_customers_namecustomers8ee06147a995c09d4198c3befe984dc8',
  ],
  ['0123456789abcdef0123456789abcdef', '0123456789abcdef0123456789abcdef'],
])('%s was given as %s', (name, given) => {
  expect(indexName(name)).toBe(given)
})
