/** Dotted name of a Python module. */
export const MODULE_PATTERN = '^[A-Za-z_]\\w*(?:\\.[A-Za-z_]\\w*)*$';

export function isModuleName(text: string): boolean {
  return new RegExp(MODULE_PATTERN).test(text);
}
