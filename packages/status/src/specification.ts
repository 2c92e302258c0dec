/** A text that defines something: how to cite it and where to read it. */
export interface Specification {
  /** How to cite it, such as `RFC 9110, Section 15.5.5`. */
  readonly reference: string
  /** Where to read it, such as `https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.5`. */
  readonly link: string
}

/**
 * Spells out the short form the tables use: `15.5.5` for a section of RFC 9110, `RFC 6585 4` for one
 * of another RFC, `RFC 10008` for the whole of it, or the name of a draft.
 */
export function specification(short: string): Specification {
  if (short.startsWith('draft-')) {
    return { reference: short, link: `https://datatracker.ietf.org/doc/html/${short}` }
  }
  const [number, section] = short.startsWith('RFC ') ? short.slice(4).split(' ') : ['9110', short]
  const link = `https://www.rfc-editor.org/rfc/rfc${number}.html`
  return section === undefined
    ? { reference: `RFC ${number}`, link }
    : { reference: `RFC ${number}, Section ${section}`, link: `${link}#section-${section}` }
}
