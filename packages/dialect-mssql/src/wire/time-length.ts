/** The bytes of a time of day of `scale` fractional digits: [MS-TDS] 2.2.5.5.1.8. */
export function timeLength(scale: number): number {
  return scale <= 2 ? 3 : scale <= 4 ? 4 : 5
}
