// The rules for the page's modules and the scripts that test them. `npm run check` applies them, and ./test calls it.

import js from '@eslint/js';
import globals from 'globals';

const relativeModules = {
  selector: ':matches(ImportDeclaration, ExportNamedDeclaration, ExportAllDeclaration)[source.value!=/^\\.{1,2}\\/.+\\.js$/]'
    + ':not([source=null])',
  message: 'The browser loads modules by their address: write a relative path that ends in .js.',
};

export default [
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['src/Gateway/wwwroot/js/**/*.js', 'tests/Web.Tests/Scripts/*.js'],
    languageOptions: { ecmaVersion: 2024, sourceType: 'module', globals: globals.browser },
    rules: { 'no-restricted-syntax': ['error', relativeModules] },
  },
  { files: ['src/Gateway/wwwroot/js/shared/theme-early.js'], languageOptions: { sourceType: 'script' } },
  {
    rules: {
      'array-callback-return': 'error',
      'consistent-return': 'error',
      curly: 'error',
      'default-case-last': 'error',
      eqeqeq: 'error',
      'max-len': ['error', { code: 140 }],
      'no-alert': 'error',
      'no-console': 'error',
      'no-else-return': 'error',
      'no-eval': 'error',
      'no-implicit-coercion': 'error',
      'no-implicit-globals': 'error',
      'no-implied-eval': 'error',
      'no-param-reassign': 'error',
      'no-promise-executor-return': 'error',
      'no-self-compare': 'error',
      'no-shadow': 'error',
      'no-template-curly-in-string': 'error',
      'no-throw-literal': 'error',
      'no-unmodified-loop-condition': 'error',
      'no-unused-expressions': 'error',
      'no-unused-vars': 'error',
      'no-use-before-define': ['error', { functions: false, classes: false, variables: false }],
      'no-useless-return': 'error',
      'no-var': 'error',
      // A type error that cannot be avoided is marked with @ts-expect-error and its reason, at its line only.
      'no-warning-comments': ['error', { terms: ['@ts-ignore', '@ts-nocheck'], location: 'anywhere' }],
      'object-shorthand': 'error',
      'prefer-const': 'error',
      'prefer-promise-reject-errors': 'error',
      'prefer-rest-params': 'error',
      'prefer-spread': 'error',
      'prefer-template': 'error',
      radix: 'error',
    },
  },
];
