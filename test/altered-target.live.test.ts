import { restore, verifyTarget } from '@albackup/core'
import { mssql } from '@albackup/dialect-mssql'
import { liveMssql } from '@albackup/testkit/mssql-server'
import { describe, expect, it } from 'vitest'
import { ALTERED_MODEL, schemaBackup } from './altered-model.ts'

const live = liveMssql()

const CONTEXT = { signal: new AbortController().signal, warn() {}, debug() {} }
const REQUEST = { backup: schemaBackup(ALTERED_MODEL), policy: {}, context: CONTEXT, onEvent: () => {} }
const CHOICES = { allowRestore: false, checkRI: false, prove: false, failOnLoss: false }

/** What the live server of development does not have: trust, filters, descriptions of indexes; and its sequences it does not tell. */
const UNTOLD = /^sequence .* is not in the target$| is trusted in the target|ix_customers_name has no|nextval/

const SCRIPT = `
alter table sales.customers alter column name nvarchar(81)
go
alter table sales.customers add default N'x' for email
go
alter table sales.customers drop constraint ck_customers_credit
go
alter table sales.customers add constraint ck_customers_credit check (credit >= 1)
go
alter table sales.customers drop constraint ck_customers_old
go
alter table sales.customers drop column twice
go
alter table sales.customers drop constraint uq_customers_email
go
drop index ix_customers_name on sales.customers
go
create index ix_customers_name on sales.customers (name) include (email, credit)
go
alter table sales.orders drop constraint fk_orders_customer
go
alter table sales.orders add constraint fk_orders_customer foreign key (customer) references sales.customers (id)
go
alter table sales.orders drop constraint fk_orders_adviser
`

describe.skipIf(live === undefined)('a schema of SQL Server, restored into SQL Server', () => {
  it('is proven, and each part that was altered by hand is named', async () => {
    await using copy = await live!.createDatabase('h4_altered')
    await using target = await mssql.openTarget!(mssql.parseConnection(copy.connection), CONTEXT)
    await restore({ ...REQUEST, ...CHOICES, target })
    const said = async () => {
      const { missing, notCompared } = await verifyTarget({ ...REQUEST, target })
      const sentences = [...missing.map(({ sentence }) => sentence), ...notCompared]
      return sentences.filter((sentence) => !UNTOLD.test(sentence))
    }
    expect(await said()).toEqual([])
    await copy.run(SCRIPT)
    expect(await said()).toEqual([
      'table sales.customers: column twice is not in the target',
      'table sales.customers: unique key uq_customers_email is not in the target',
      'table sales.customers: check ck_customers_old is not in the target',
      expect.stringMatching(/: column name is nvarchar\(81\) in the target and nvarchar\(80\) in the plan$/),
      expect.stringMatching(/: column email has default .*x.* in the target and none in the plan$/),
      expect.stringMatching(
        /: index ix_customers_name has columns \(name\) in the target and \(name, since desc\) in the plan$/,
      ),
      expect.stringMatching(
        /: check ck_customers_credit has condition .*1.* in the target and \(\[credit\]>=\(0\)\) in the plan$/,
      ),
      'table sales.orders: foreign key fk_orders_adviser is not in the target',
      expect.stringMatching(
        /: foreign key fk_orders_customer has delete action no action in the target and cascade in/,
      ),
    ])
  }, 120_000)
})
