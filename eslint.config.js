import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** Files that hold SQL or connections; only they may know TypeORM. */
const typeormFiles = [
  'src/platform/**',
  'migrations/**',
  'src/*/*store.ts',
  'src/*/entities.ts',
  'test/**',
  'bench/**',
];

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
      // What comes out of the database is typed by the statement beside it and checked by the tests.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      // Arrow functions that only call something are how small commands read.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: [...typeormFiles],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['typeorm'],
              allowTypeImports: true,
              message: 'SQL and connections belong in stores, entities, platform and migrations.',
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
