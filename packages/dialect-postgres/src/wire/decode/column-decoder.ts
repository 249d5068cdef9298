import type { AvroWriter, Column } from '@albackup/core'
import { wireForm } from '../wire-form.ts'
import { bytesDecoder, jsonbDecoder, type TextForm, textDecoder, uuidDecoder } from './bytes.ts'
import { booleanDecoder, floatDecoder, integerDecoder } from './numbers.ts'
import { numericDecoder } from './numeric.ts'
import { dateDecoder, microsDecoder, millisDecoder, timeDecoder } from './temporal.ts'
import type { ValueDecoder } from './value-decoder.ts'

/** Turns the values of a column into the Avro form of its logical type; undefined when PostgreSQL has no such column. */
export function columnDecoder(
  { logical, native }: Column,
  texts: TextForm,
  writer: AvroWriter,
): ValueDecoder | undefined {
  switch (logical.kind) {
    case 'boolean':
      return booleanDecoder(writer)
    case 'integer':
      return logical.bits === 8 ? undefined : integerDecoder(logical.bits, writer)
    case 'float':
      return floatDecoder(logical.bits, writer)
    case 'decimal':
      return numericDecoder(logical.precision, logical.scale, writer)
    case 'date':
      return dateDecoder(writer)
    case 'time':
      return timeDecoder(writer)
    case 'instant':
      return microsDecoder(writer)
    case 'timestamp':
      return logical.precision > 3 ? microsDecoder(writer) : millisDecoder(writer)
    case 'uuid':
      return uuidDecoder(writer)
    case 'json':
      return wireForm(native) === 'jsonb' ? jsonbDecoder(texts, writer) : textDecoder(texts, writer)
    case 'text':
    case 'xml':
      return textDecoder(texts, writer)
    case 'binary':
      return bytesDecoder(writer)
    case 'timestamp-offset':
    case 'rowversion':
    case 'variant':
      return undefined
  }
}
