export { canonicalNumber, isPlainDouble, isPlainReal, isZero, precisionOf, rescale, wholePart } from '@albackup/core'
