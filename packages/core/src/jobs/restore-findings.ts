import type { BackupContent } from '../backup/metadata.ts'
import type { Finding, RestorePlan } from '../dialect/dialect.ts'
import { leftBehindFindings } from './left-behind-findings.ts'
import { wantedModel } from './plan-model.ts'
import type { RestoreRequest } from './restore-request.ts'
import { uncheckedRules } from './unchecked-rules.ts'

/** What a finished restore of that content tells. `met`: what it found on its way; no plan could say it, so it comes first. */
export function restoreFindings(
  request: RestoreRequest,
  content: BackupContent,
  plan: RestorePlan,
  met: readonly Finding[],
): readonly Finding[] {
  if (content === 'data') return [...met, ...plan.findings.filter(isAboutRows)]
  const gone = (plan.replaced ?? []).filter(({ severity }) => severity !== 'blocks')
  const rowsFollow = content === 'schema' && request.backup.metadata.scope?.content !== 'schema'
  const unchecked = rowsFollow ? uncheckedRules(plan) : []
  return [...met, ...plan.findings, ...gone, ...unchecked, ...leftBehindFindings(wantedModel(request))]
}

/** What a restore that makes nothing still has to do with. */
function isAboutRows({ kind }: Finding): boolean {
  return ['table', 'column', 'identity', 'sequence'].includes(kind)
}
