/**
 * What well-known secrets look like, for those that nobody has told us of. Each repetition has a limit, so that no
 * text takes longer than its length, and begins with letters that a search can jump to. The group `secret` is the part to hide, where it is not everything.
 */
export const SHAPES: readonly RegExp[] = [
  // GitHub. Those of installations and workflows have become JSON Web Tokens behind their prefix, about 520 characters.
  /gh[pousr]_[A-Za-z0-9_.-]{16,2000}/g,
  /github_pat_[A-Za-z0-9_]{20,400}/g,
  // AWS: ids of access keys.
  /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g,
  // Slack.
  /xox[abeoprs]-[A-Za-z0-9-]{10,400}/g,
  // JSON Web Tokens: three parts, of which the first two are objects.
  /eyJ(?<![A-Za-z0-9_-]eyJ)[A-Za-z0-9_-]{8,4000}\.eyJ[A-Za-z0-9_-]{8,4000}\.[A-Za-z0-9_-]{8,4000}/g,
  // Private keys. Without an end, because it was cut off, up to the next dashes.
  /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----(?:[^-]|-(?!----)){0,20000}(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----)?/g,
  // The password of an address.
  /:\/\/[^\s/:@'"]{0,200}:(?<secret>[^\s/@'"]{1,400})@/dg,
];
