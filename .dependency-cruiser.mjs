/** Folders are layers. Each rule says why it exists; `test/boundaries` runs them and fails when nothing was looked at. */

const PURE =
  '^src/((wire|search|diagnosis|report)/|(contract|environments|far-end|mtu-to-configure|surroundings)\\.ts$)';
const OUTSIDE = ['core', 'npm', 'npm-dev', 'npm-optional', 'npm-no-pkg', 'npm-unknown'];

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    rule('no-cycles', 'a cycle is one module that pretends to be two', {}, { circular: true }),
    rule(
      'pure-layers',
      'time, randomness and I/O are arguments there: the same input gives the same output',
      { path: PURE, pathNot: '^src/report/junit\\.ts$' },
      { dependencyTypes: OUTSIDE },
    ),
    rule(
      'format-libraries-only',
      'a library that turns a value into text of one format is as pure as the format',
      { path: '^src/report/junit\\.ts$' },
      { dependencyTypes: OUTSIDE, pathNot: 'node_modules/fast-xml-builder/' },
    ),
    rule(
      'formats-are-loaded-when-asked-for',
      'whoever wants text pays for no XML, and start-up for neither',
      { path: '^src/' },
      { path: '^src/report/(text|json|markdown|junit|github|gitlab|prometheus)\\.ts$', dynamic: false },
    ),
    layer('wire', 'bytes and values know nothing of what they are for', ['wire']),
    layer('search', 'a search is sans-IO and shared by all methods; it knows packets and nothing else', [
      'search',
      'wire',
      'contract',
    ]),
    layer('diagnosis', 'it looks at evidence, never at how it was gathered', [
      'diagnosis',
      'search',
      'wire',
      'contract',
      'far-end',
      'mtu-to-configure',
      'surroundings',
    ]),
    layer('measure', 'the same loop runs over sockets and over the simulated path', [
      'measure',
      'search',
      'wire',
      'config/options',
      'contract',
    ]),
    layer('report', 'a format is a view of the report', [
      'report',
      'far-end',
      'config/options',
      'contract',
      'mtu-to-configure',
    ]),
    layer('net', 'channels serve measure and are chosen elsewhere', [
      'net',
      'wire',
      'measure',
      'config/options',
      'contract',
      'surroundings',
      'errors',
      'secret',
      'shipped',
    ]),
    layer('config', 'options are read once, by nobody who acts on them', [
      'config',
      'contract',
      'errors',
      'wire/responder',
    ]),
    layer('responder', 'the far end needs no measurement, no report and no channel', [
      'responder',
      'wire',
      'net/sys',
      'contract',
      'errors',
      'secret',
    ]),
    layer(
      'lab',
      'a network on this machine runs the program from outside; only its devices and forgeries look inside',
      ['lab', 'wire', 'net/sys/(ethtool|poll|sockaddr|tun)', 'contract', 'errors', 'shipped'],
    ),
    rule(
      'measure-sees-types-of-channels-only',
      'whoever decides must not know sockets',
      { path: '^src/measure/' },
      { path: '^src/(net|cli|lab)/' },
    ),
    rule(
      'concrete-channels-are-chosen-outside',
      'the same run works over sockets and over the simulated path; the public API only passes them on',
      { path: '^src/', pathNot: '^src/(net|cli|lab|responder|standalone)/|^src/index\\.ts$' },
      { path: '^src/net/' },
    ),
    rule(
      'ffi-in-one-place',
      'a wrong prototype is a crash without a trace',
      { path: '^src/', pathNot: '^src/net/sys/' },
      { path: 'node_modules/koffi' },
    ),
    rule(
      'nobody-imports-the-command-line',
      'it is the outermost layer; around it is only the file that everything is put into',
      { path: '^src/', pathNot: '^src/(cli|standalone)/' },
      { path: '^src/cli/' },
    ),
    rule(
      'no-orphans',
      'a module that nobody uses is a question to every reader',
      {
        orphan: true,
        path: '^src/',
        pathNot:
          '^src/(index|standalone/native-part|cli/main|cli/demo-scene|lab/(main|inside|relay|server|send-datagram))\\.ts$|\\.d\\.ts$',
      },
      {},
    ),
    rule('resolvable', 'it would fail at run time', {}, { couldNotResolve: true }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.d.ts', '.js', '.json'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};

function rule(name, comment, from, to) {
  return { name, comment, severity: 'error', from, to };
}

/** A layer may import these folders and files of `src`, and packages. */
function layer(name, comment, allowed) {
  return rule(
    `layer-${name}`,
    comment,
    { path: `^src/${name}/` },
    {
      path: '^src/',
      pathNot: allowed.map((entry) => `^src/${entry}(/|\\.ts$)`),
    },
  );
}
