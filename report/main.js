// The bundle of the action one folder up, told to comment for another run instead of executing a batch.
process.argv.splice(2, Infinity, '--report-step');
await import('../dist/index.js');
