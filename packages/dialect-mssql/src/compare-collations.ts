import type { TextPair } from '@albackup/core'
import { quoteText } from './quote.ts'

type Query = <Row>(sql: string) => Promise<readonly Row[]>

/** Whether two names are of one collation: some servers keep a collation under another name than it was asked for by. */
export async function compareCollations(
  query: Query,
  pairs: readonly TextPair[],
): Promise<ReadonlyMap<string, boolean>> {
  const verdicts = new Map<string, boolean>()
  for (const pair of pairs.filter(({ aspect }) => aspect === 'collation')) {
    const key = collationsKey(pair)
    if (verdicts.has(key)) continue
    const [row] = await query<{ readonly same: number }>(sameCollation(pair))
    verdicts.set(key, row?.same === 1)
  }
  return verdicts
}

export function collationsKey({ planned, found }: TextPair): string {
  return `${planned}\0${found}`.toLowerCase()
}

/** The id stands for all that is in a collation; a server that does not tell it knows each by one name. */
function sameCollation({ planned, found }: TextPair): string {
  const id = (name: string) => `convert(nvarchar(60), collationproperty(${quoteText(name)}, 'CollationId'))`
  return `select case when ${id(planned)} = ${id(found)} then 1 else 0 end as [same]`
}
