/** One folder of files, wherever it is. All errors are StorageErrors that name the file. */
export interface Storage {
  /** For messages. */
  readonly path: string
  /** The names of the files in it; unfinished ones are not listed. */
  list(): Promise<readonly string[]>
  /** A file that appears under its name only when it is finished. */
  create(name: string): Promise<WritableFile>
  /** undefined when there is no such file. */
  open(name: string): Promise<ReadableFile | undefined>
  remove(name: string): Promise<void>
}

export interface WritableFile {
  write(bytes: Uint8Array): Promise<void>
  /** Makes the content durable, then gives it its name. */
  finish(): Promise<void>
  /** Leaves nothing behind; also after a `finish` that failed. */
  discard(): Promise<void>
}

export interface ReadableFile extends AsyncDisposable {
  readonly size: number
  /** Fills `into` from `position` on; gives the number of bytes read, less than asked only at the end. */
  read(into: Uint8Array, position: number): Promise<number>
}
