/** An artifact as GitHub lists it. Ids grow in the order in which artifacts come. */
export interface ListedArtifact {
  readonly id: number;
  readonly name: string;
  readonly expired: boolean;
}

/** What one batch has uploaded. */
export interface BatchArtifacts {
  readonly notebooks: ListedArtifact;
  /** Its HTML report, of a split one the first part; undefined when there is none. */
  readonly report: ListedArtifact | undefined;
}

/**
 * The newest batch of this artifact name in a run: a name that is taken is numbered (`notebooks-2`), by another job or a
 * later attempt. Its report is the one of the same number, if that came later, else the next that came: jobs that upload at
 * the same time may get different numbers for the two. undefined when there is no batch.
 */
export function newestBatch(
  artifacts: readonly ListedArtifact[],
  artifactName: string,
): BatchArtifacts | undefined {
  const kept = artifacts.filter(({ expired }) => !expired).sort((one, other) => one.id - other.id);
  const newest = numbered(kept, artifactName, '').at(-1);
  if (newest === undefined) return undefined;
  const later = numbered(kept, `${artifactName}-report`, '.html').filter(
    ({ artifact }) => artifact.id > newest.artifact.id,
  );
  const report = later.find(({ number }) => number === newest.number) ?? later[0];
  return { notebooks: newest.artifact, report: report?.artifact };
}

/** Those called `start`, `start-2` and so on before the ending. */
function numbered(
  artifacts: readonly ListedArtifact[],
  start: string,
  ending: string,
): { readonly artifact: ListedArtifact; readonly number: number }[] {
  return artifacts.flatMap((artifact) => {
    const { name } = artifact;
    if (!name.startsWith(start) || !name.endsWith(ending)) return [];
    const written = name.slice(start.length, name.length - ending.length);
    if (written === '') return [{ artifact, number: 1 }];
    const [, digits] = /^-([2-9]|[1-9]\d{1,3})$/.exec(written) ?? [];
    return digits === undefined ? [] : [{ artifact, number: Number(digits) }];
  });
}
