/** The rooms of the house: which may know which. A new arrow is a decision record. */
const rooms = ['intake', 'keeping', 'statistics', 'release', 'desk'];

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    ...rooms.map((room) => ({
      name: `${room}-imports-no-other-room`,
      comment: 'The database is the hallway: what a room needs of another is passed in by the wiring.',
      severity: 'error',
      from: { path: `^src/${room}/` },
      to: { path: '^src/', pathNot: `^src/(${room}|contract|platform)/` },
    })),
    {
      name: 'contract-imports-zod-only',
      severity: 'error',
      from: { path: '^src/contract/' },
      to: { pathNot: ['^src/contract/', '^node_modules/zod/'] },
    },
    {
      name: 'platform-knows-no-room',
      severity: 'error',
      from: { path: '^src/platform/' },
      to: { path: '^src/', pathNot: '^src/(platform|contract)/' },
    },
    {
      name: 'web-imports-contract-only',
      severity: 'error',
      from: { path: '^src/web/' },
      to: { path: '^src/', pathNot: '^src/(web|contract)/' },
    },
    {
      name: 'pure',
      comment: 'The noise, the counting and what may be shown: no clock, no I/O, randomness passed in.',
      severity: 'error',
      from: {
        path: '^src/(keeping/(noise|count-call)|statistics/(show|totals|facts|least-squares|estimates|controlled|adding-up))\\.ts$',
      },
      to: { dependencyTypes: ['core', 'npm'] },
    },
    {
      name: 'only-keeping-sees-calls',
      comment:
        'Nothing but the keeper and the commands reaches the room that reads calls; the web process never does.',
      severity: 'error',
      from: { path: '^src/(app|web-server|web-process|commands/(web|alone))\\.ts$' },
      to: { path: '^src/keeping/', reachable: true },
    },
    {
      name: 'keeper-answers-nobody',
      comment: 'What reads calls has no web server in it, and does not wait for one to load.',
      severity: 'error',
      from: { path: '^src/(keeper|keeper-work|keeper-process|commands/(keeper|keeping))\\.ts$' },
      to: { path: '^src/.*(routes|router)\\.ts$', reachable: true },
    },
    { name: 'no-orphans', severity: 'error', from: { orphan: true, pathNot: '\\.d\\.ts$' }, to: {} },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    exclude: { path: '\\.css$' },
  },
};
