import type { ServerFacts } from '@albackup/core'

interface FactsRow {
  readonly banner: string
  readonly version: string
  readonly edition: string | null
}

const SERVER_FACTS = `
select @@version as [banner], convert(nvarchar(128), serverproperty('ProductVersion')) as [version],
  convert(nvarchar(128), serverproperty('Edition')) as [edition]`

export async function readServerFacts(query: <Row>(sql: string) => Promise<readonly Row[]>): Promise<ServerFacts> {
  const [row] = await query<FactsRow>(SERVER_FACTS)
  return { product: productName(row?.banner ?? ''), version: row?.version ?? '', edition: row?.edition ?? null }
}

/** The banner's first line up to its version: 'Microsoft SQL Server 2022 (RTM-CU12)', 'Microsoft SQL Azure'. */
function productName(banner: string): string {
  return banner.split('\n')[0]!.split(' - ')[0]!.trim()
}
