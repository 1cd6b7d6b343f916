/**
 * A process of its own, so that its memory can be limited: imports FILE over the keeper's URL and prints each
 * progress. It uses the build, because Jest does not transform what it does not load; `npm test` builds first.
 */
import { argv, stdout } from 'node:process';
import { deskOf } from '../../dist/server/src/keeper.js';
import { importCalls } from '../../dist/server/src/keeping/import.js';
import { connect } from '../../dist/server/src/platform/database.js';

const [, , url, file, today] = argv;
const keeper = await connect({ url });
const progress = (rows, step) => stdout.write(`${step} ${rows}\n`);
await importCalls({ keeper, desk: deskOf(keeper), today, actor: 'keeper' }, file, { progress });
await keeper.destroy();
