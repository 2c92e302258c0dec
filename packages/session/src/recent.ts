/** What was found for a text, with a copy of the text. */
interface Entry<Found> {
  readonly text: string
  readonly found: Found
}

/**
 * Remembers what was found for the texts that were asked for last: at least `most` of them, and at most
 * twice as many.
 */
export class Recent<Found> {
  readonly #most: number
  #newer = new Map<string, Entry<Found>>()
  #older = new Map<string, Entry<Found>>()

  constructor(most: number) {
    this.#most = most
  }

  get(text: string): Found | undefined {
    const newer = this.#newer.get(text)
    if (newer !== undefined) return newer.found
    const older = this.#older.get(text)
    if (older !== undefined) this.#keep(older)
    return older?.found
  }

  set(text: string, found: Found): void {
    // A text that was cut out of a longer one would keep all of that in memory.
    this.#keep({ text: Buffer.from(text, 'utf16le').toString('utf16le'), found })
  }

  #keep(entry: Entry<Found>): void {
    if (this.#newer.size >= this.#most) {
      this.#older = this.#newer
      this.#newer = new Map()
    }
    this.#newer.set(entry.text, entry)
  }
}
