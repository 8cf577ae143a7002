import pLimit from 'p-limit';

/** Looks at files of a whole batch a few at once: all at once, thousands would take more memory than the batch. */
export const fewAtOnce = pLimit(16);
