/** Text of one line. The patterns do without property escapes, which JSON Schema has no flag for. */

/** `\p{Cc}`. */
const CONTROLS = '\\u0000-\\u001f\\u007f-\\u009f';
/** `\p{Z}`. */
const SPACES = ' \\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';

/** Text without control characters. */
export const lineText = new RegExp(`^[^${CONTROLS}]*$`);

/** Such text, and not only spaces. */
export const wordedText = new RegExp(`^[^${CONTROLS}]*[^${CONTROLS}${SPACES}][^${CONTROLS}]*$`);
