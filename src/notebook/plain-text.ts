/* eslint-disable no-control-regex -- control characters are what this file looks for */

// Escape sequences of terminals: CSI (colours, cursor), the string sequences OSC, DCS, SOS, PM and APC up to their
// end, and the short forms. What is cut off at the end of the text counts too. ECMA-48, section 5.
const ESCAPES =
  /(?:\x1b\[|\x9b)[0-?]*[ -/]*(?:[@-~]|$)|\x1b[\]PX^_][^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c|$)|\x1b[ -/]*(?:[0-~]|$)/g;

const CONTROLS = /[\x00-\x08\x0b-\x1f\x7f-\x9f]/g;

/** The text without colours and other terminal commands, and without control characters but newline and tab. */
export function plainText(text: string): string {
  return withoutEscapes(text).replaceAll('\r\n', '\n').replace(CONTROLS, '').toWellFormed();
}

/** In a time that grows with the text only; Node's own `stripVTControlCharacters` grows with its square. */
export function withoutEscapes(text: string): string {
  return text.replace(ESCAPES, '');
}
