import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** Files that hold SQL or connections; only they may know TypeORM, its types too, and make statements. */
const storeFiles = ['src/platform/**', 'src/**/*store.ts', 'src/desk/entities.ts'];

export default tseslint.config(
  { ignores: ['dist/', 'data/', 'node_modules/', 'docs/', '*.cjs'] },
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['vite.config.ts'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      'no-console': 'error',
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      complexity: ['error', 10],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // Arrow functions that only call something are how small commands read.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: storeFiles,
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['typeorm', '**/platform/statements.js'],
              message: 'SQL and connections belong in stores, entities, platform and migrations.',
            },
          ],
        },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector:
            'CallExpression[callee.property.name=/^(query|getRepository|createQueryBuilder|createQueryRunner)$/]',
          message: 'A statement belongs in a store.',
        },
      ],
    },
  },
  {
    // The keeper's one connection outside the pool (pg's own), and the event that every deed writes with it.
    files: ['src/keeper.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    files: ['src/**/*store.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['**/platform/problems.js'],
              message: 'A store says what it found; the route says what that is to HTTP.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['test/**/*.ts', 'bench/**/*.ts'],
    rules: {
      // A reply's body is whatever the server sent; the expectation beside it says what it should be.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      'max-lines': ['error', { max: 450, skipBlankLines: true, skipComments: true }],
      complexity: 'off',
      // For a moment at one's desk; left in, all other tests of the file would never be run again.
      'no-restricted-properties': [
        'error',
        { object: 'test', property: 'only' },
        { object: 'describe', property: 'only' },
      ],
    },
  },
  {
    files: ['**/*.js'],
    languageOptions: {
      globals: { process: 'readonly', globalThis: 'readonly', console: 'readonly', URL: 'readonly' },
    },
  },
);
