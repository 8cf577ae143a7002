/** How much is told: one rung of a ladder. */
export interface Detail {
  /** Failures that are told at length. */
  readonly failures: number;
  /** Further failures that get a line. */
  readonly briefFailures: number;
  /** Lines of what was printed, and as many of the traceback, of a failure. */
  readonly lines: number;
  /** Characters of such a line. */
  readonly chars: number;
  /** Rows of a table of runs. */
  readonly rows: number;
  /** Tables of runs, charts, and runs whose outputs are shown. */
  readonly tables: number;
  readonly charts: number;
  readonly outputs: number;
  /** Rows of a table that a notebook shows, and lines of its texts. */
  readonly outputRows: number;
}

const FULL: Detail = {
  failures: 20,
  briefFailures: 100,
  lines: 20,
  chars: 200,
  rows: 100,
  tables: 8,
  charts: 4,
  outputs: 12,
  outputRows: 10,
};
const WITHOUT_OUTPUTS: Detail = { ...FULL, outputs: 0, lines: 15, chars: 160 };
const SHORT: Detail = {
  ...WITHOUT_OUTPUTS,
  failures: 10,
  briefFailures: 60,
  lines: 6,
  rows: 30,
  tables: 4,
  charts: 2,
};
const BRIEF: Detail = {
  ...SHORT,
  failures: 5,
  briefFailures: 40,
  lines: 4,
  chars: 120,
  rows: 10,
  tables: 2,
  charts: 0,
};

/** The counts and the links, which are never given up. */
const NOTHING: Detail = { ...BRIEF, failures: 0, briefFailures: 0, lines: 0, rows: 0, tables: 0 };

/** Outputs go first, then lines of failures, then rows of tables. */
export const COMMENT_LADDER: readonly Detail[] = [
  FULL,
  { ...FULL, outputs: 4, outputRows: 6 },
  WITHOUT_OUTPUTS,
  { ...WITHOUT_OUTPUTS, failures: 15, lines: 10, rows: 60, tables: 4 },
  SHORT,
  BRIEF,
  { ...NOTHING, failures: 3, briefFailures: 20, lines: 2 },
  NOTHING,
];

const ROOMY: Detail = {
  failures: 200,
  briefFailures: 1_000,
  lines: 60,
  chars: 500,
  rows: 1_000,
  tables: 50,
  charts: 20,
  outputs: 100,
  outputRows: 20,
};

/** A summary has fifteen times the room. */
export const SUMMARY_LADDER: readonly Detail[] = [
  ROOMY,
  { ...ROOMY, failures: 100, lines: 40, outputs: 30 },
  { ...ROOMY, failures: 100, lines: 30, chars: 250, outputs: 0 },
  ...COMMENT_LADDER,
];
