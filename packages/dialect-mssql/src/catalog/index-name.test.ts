import { expect, it } from 'vitest'
import { indexName } from './index-name.ts'

it.each([
  ['IX_Orders_Customer', 'Orders', 'IX_Orders_Customer'],
  ['ix_customers_namecustomers8ee06147a995c09d4198c3befe984dc7', 'customers', 'ix_customers_name'],
  ['ifk_customersupportrepidcustomed4caf173aadf16010a1b0c91aff80704', 'customer', 'ifk_customersupportrepid'],
  [
    'ix_customers_namecustomers8ee06147a995c09d4198c3befe984dc8',
    'customers',
    'ix_customers_namecustomers8ee06147a995c09d4198c3befe984dc8',
  ],
  ['0123456789abcdef0123456789abcdef', 't', '0123456789abcdef0123456789abcdef'],
])('%s of %s was given as %s', (name, table, given) => {
  expect(indexName(name, table)).toBe(given)
})
