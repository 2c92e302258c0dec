/**
 * Remembers what was found for the texts that were asked for last: at least `most` of them, and at most
 * twice as many.
 */
export class Recent<Found> {
  readonly #most: number
  #newer = new Map<string, Found>()
  #older = new Map<string, Found>()

  constructor(most: number) {
    this.#most = most
  }

  get(text: string): Found | undefined {
    const newer = this.#newer.get(text)
    if (newer !== undefined) return newer
    const older = this.#older.get(text)
    if (older !== undefined) this.#keep(text, older)
    return older
  }

  set(text: string, found: Found): void {
    // A text that was cut out of a longer one would keep all of that in memory.
    this.#keep(Buffer.from(text, 'utf16le').toString('utf16le'), found)
  }

  #keep(text: string, found: Found): void {
    if (this.#newer.size >= this.#most) {
      this.#older = this.#newer
      this.#newer = new Map()
    }
    this.#newer.set(text, found)
  }
}
