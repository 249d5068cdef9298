import type { Finding } from '@albackup/core'

export type Severity = Finding['severity']

/** What matters most comes first. */
export const SEVERITIES: readonly Severity[] = ['blocks', 'lost', 'changed', 'info']

/** The words of --fail-on, with the mildest severity that each fails on. */
export const FAIL_ON: Readonly<Record<string, Severity>> = { blocks: 'blocks', loss: 'lost', changes: 'changed' }

/** Findings of that severity or a worse one. */
export function atLeast(severity: Severity, findings: readonly Finding[]): readonly Finding[] {
  const worst = SEVERITIES.slice(0, SEVERITIES.indexOf(severity) + 1)
  return findings.filter((finding) => worst.includes(finding.severity))
}

export function bySeverity(findings: readonly Finding[]): readonly Finding[] {
  return findings.toSorted((one, other) => SEVERITIES.indexOf(one.severity) - SEVERITIES.indexOf(other.severity))
}

/** `2 lost, 11 changed` */
export function severityCounts(findings: readonly Finding[]): string {
  const counts = SEVERITIES.map((severity) => findings.filter((finding) => finding.severity === severity).length)
  return counts.flatMap((count, i) => (count === 0 ? [] : [`${count} ${SEVERITIES[i]}`])).join(', ') || 'none'
}
