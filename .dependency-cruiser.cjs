/** The arrows of the house point down: src -> model -> spec. Nothing runs in a circle. */
module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    { name: 'spec-imports-nothing', severity: 'error', from: { path: '^spec/' }, to: { pathNot: '^spec/' } },
    {
      name: 'model-imports-spec-and-xstate',
      severity: 'error',
      from: { path: '^model/' },
      to: { pathNot: '^(model/|spec/|node_modules/xstate)' },
    },
    { name: 'src-imports-no-test', severity: 'error', from: { path: '^src/' }, to: { path: '^(test|scripts)/' } },
    {
      name: 'judge-runs-no-role',
      severity: 'error',
      from: { path: '^src/judge/' },
      to: { path: '^model/(roles|exchange)/' },
    },
    { name: 'wire-knows-no-crypto', severity: 'error', from: { path: '^src/wire/' }, to: { path: '^src/(?!wire/)' } },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
};
