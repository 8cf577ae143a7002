/** Writes configs.schema.json: `node scripts/write-configs-schema.ts`. */
import { writeFile } from 'node:fs/promises';
import { format } from 'prettier';
import { configsSchema } from '../src/inputs/configs-schema.ts';

const file = new URL('../configs.schema.json', import.meta.url);
const text = await format(JSON.stringify(configsSchema()), { parser: 'json', printWidth: 110 });
await writeFile(file, text);
