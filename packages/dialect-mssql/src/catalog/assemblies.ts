import type { NativeObject } from '@albackup/core'
import { quote, quoteText } from '../quote.ts'
import { type Carried, NOTHING } from './carried.ts'
import type { Catalog } from './catalog.ts'
import { type Dependency, dependencyOrder } from './dependency-order.ts'
import { byName, groupBy } from './lists.ts'

export interface AssemblyRow {
  readonly id: number
  readonly name: string
  /** 1: safe, 2: external access, 3: unsafe. */
  readonly permissionSet: number
  readonly isVisible: boolean
}

export interface AssemblyFileRow {
  readonly assemblyId: number
  readonly name: string
  readonly content: Uint8Array
}

const ASSEMBLIES = `
select a.assembly_id as [id], cast(a.name as nvarchar(128)) as [name], cast(a.permission_set as int) as [permissionSet],
  cast(a.is_visible as bit) as [isVisible]
from sys.assemblies a where a.is_user_defined = 1`

const FILES = `
select f.assembly_id as [assemblyId], cast(f.name as nvarchar(260)) as [name], f.content
from sys.assembly_files f
join sys.assemblies a on a.assembly_id = f.assembly_id
where a.is_user_defined = 1 and f.content is not null
order by f.assembly_id, f.file_id`

const REFERENCES = `
select r.assembly_id as [from], r.referenced_assembly_id as [to]
from sys.assembly_references r`

const PERMISSION_SETS: readonly string[] = ['', 'safe', 'external_access', 'unsafe']

/** With their bytes; an assembly whose bytes the login may not see is left behind. */
export async function readAssemblies({ query, views }: Catalog): Promise<Carried> {
  const hasAll =
    views.has('assemblies', 'name') &&
    views.has('assembly_files', 'content') &&
    views.has('assembly_references', 'assembly_id')
  if (!hasAll) return NOTHING
  const rows = byName(await query<AssemblyRow>(ASSEMBLIES))
  if (rows.length === 0) return NOTHING
  const files = groupBy(
    await query<AssemblyFileRow>(FILES),
    (row) => row.assemblyId,
    (row) => row,
  )
  const ordered = dependencyOrder(rows, await query<Dependency>(REFERENCES))
  const reason = 'the login may not see its bytes; deploy it again'
  return {
    objects: ordered.flatMap((row) => mapAssembly(row, files.get(row.id) ?? [])),
    leftBehind: ordered
      .filter(({ id }) => !files.has(id))
      .map(({ name }) => ({ kind: 'assembly', name: quote(name), reason })),
  }
}

/** The first file is the assembly itself, the others are what was added to it. */
export function mapAssembly(row: AssemblyRow, files: readonly AssemblyFileRow[]): readonly NativeObject[] {
  const [main, ...others] = files
  if (main === undefined) return []
  const name = quote(row.name)
  const added = others.map((file) => `alter assembly ${name} add file from ${hex(file)} as ${quoteText(file.name)}`)
  return [
    {
      kind: 'assembly',
      name,
      statements: [
        `create assembly ${name} from ${hex(main)} with permission_set = ${PERMISSION_SETS[row.permissionSet]}`,
        ...added,
        ...(row.isVisible ? [] : [`alter assembly ${name} with visibility = off`]),
      ],
      stage: 'before tables',
      drop: `drop assembly ${name}`,
    },
  ]
}

function hex({ content }: AssemblyFileRow): string {
  return `0x${Buffer.from(content).toString('hex')}`
}
