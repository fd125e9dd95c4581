import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';

const onlyConfigReadsTheEnvironment = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: 'process.env is read only in src/config; take the setting from Config.',
};
const noReExports = [
  'ExportAllDeclaration',
  'ExportNamedDeclaration[source]',
  'ExportNamedDeclaration > ExportSpecifier',
].map((selector) => ({ selector, message: 'A name is exported where it is declared and imported from there.' }));
const onlyTheClockTellsTime = [
  {
    selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
    message: 'Time comes from Clock.',
  },
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'Time comes from Clock.' },
];

export default tseslint.config(
  {
    ignores: [
      'dist/**',
      'node_modules/**',
      'data/**',
      'media/**',
      'coverage/**',
      'screenshots/**',
      'test/typed-client/**',
    ],
  },
  eslint.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.recommended],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { arguments: false } }],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/return-await': ['error', 'in-try-catch'],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'off',
      'no-duplicate-imports': 'error',
      'no-control-regex': 'off',
    },
  },
  { files: ['src/**/*.ts'], rules: { 'no-restricted-syntax': ['error', ...noReExports] } },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/config/**', 'src/shared/clock.ts', '**/*.spec.ts'],
    rules: {
      'no-restricted-syntax': ['error', ...noReExports, onlyConfigReadsTheEnvironment, ...onlyTheClockTellsTime],
    },
  },
  { files: ['src/shared/fold.ts'], rules: { 'no-restricted-syntax': 'off' } },
  {
    files: ['**/*.mjs'],
    rules: { 'no-duplicate-imports': 'error' },
    languageOptions: {
      globals: {
        performance: 'readonly',
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        setTimeout: 'readonly',
        fetch: 'readonly',
      },
    },
  },
  {
    files: ['src/pages/**/*.client.js'],
    languageOptions: {
      sourceType: 'script',
      globals: {
        document: 'readonly',
        location: 'readonly',
        navigator: 'readonly',
        window: 'readonly',
        URL: 'readonly',
        Blob: 'readonly',
        File: 'readonly',
        FormData: 'readonly',
        MediaRecorder: 'readonly',
        fetch: 'readonly',
        matchMedia: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        setInterval: 'readonly',
        clearInterval: 'readonly',
        performance: 'readonly',
        getComputedStyle: 'readonly',
        htmx: 'readonly',
        WaveSurfer: 'readonly',
        EventCalendar: 'readonly',
      },
    },
  },
);
