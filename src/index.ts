#!/usr/bin/env node
import { main } from './main.ts';

const status = await main(process.argv.slice(2), process.env);
// After a signal nothing may keep the process: an upload that nobody waits for any more would.
if (status > 128) process.exit(status);
process.exitCode = status;
