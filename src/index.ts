#!/usr/bin/env node
import './adapters/bounded-heap.ts';
import { main } from './main.ts';

const status = await main(process.argv.slice(2), process.env);
// What is left is nobody's: an upload that a signal has cut short, a library's timer that asks a dead server once more.
await Promise.all([process.stdout, process.stderr].map(flushed));
process.exit(status);

function flushed(stream: NodeJS.WriteStream): Promise<unknown> {
  return new Promise((resolve) => stream.write('', resolve));
}
