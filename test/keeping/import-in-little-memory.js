/**
 * A process of its own, so that its memory can be limited, and so that it can be killed: imports FILE over the keeper's
 * URL with the keys of a directory, and prints each progress. It uses the build, because Jest does not transform what it
 * does not load; `npm test` builds first.
 */
import { argv, stdout } from 'node:process';
import { deskOf } from '../../dist/server/src/desk-of.js';
import { addImport, readImport } from '../../dist/server/src/keeping/import.js';
import { connect } from '../../dist/server/src/platform/database.js';

const [, , url, file, today, path] = argv;
const keeper = await connect({ url });
const keeping = { keeper, desk: deskOf(keeper), keys: { path, named: false }, today, log: () => undefined };
const progress = (rows) => stdout.write(`${rows}\n`);
const { counted } = await readImport(keeping, file, { progress });
await addImport({ ...keeping, actor: 'keeper' }, counted);
await keeper.destroy();
