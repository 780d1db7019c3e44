/** Folders are layers. Each rule says why it exists; `test/boundaries` runs them and fails when nothing was looked at. */

const PURE =
  '^src/((wire|search|diagnosis|report|layers)/|(contract|endpoint|environments|far-end|grade|hole|mtu-to-configure|surroundings|verdict-order)\\.ts$)';
const OUTSIDE = ['core', 'npm', 'npm-dev', 'npm-optional', 'npm-no-pkg', 'npm-unknown'];

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    rule('no-cycles', 'a cycle is one module that pretends to be two', {}, { circular: true }),
    rule(
      'pure-layers',
      'time, randomness and I/O are arguments there: the same input gives the same output',
      { path: PURE, pathNot: '^src/(report/junit|layers/sweep)\\.ts$' },
      { dependencyTypes: OUTSIDE },
    ),
    rule(
      'format-libraries-only',
      'a library that turns a value into text of one format is as pure as the format',
      { path: '^src/report/junit\\.ts$' },
      { dependencyTypes: OUTSIDE, pathNot: 'node_modules/fast-xml-builder/' },
    ),
    rule(
      'turns-only',
      'how many are under way at once needs no clock, and whatever takes time is an argument',
      { path: '^src/layers/sweep\\.ts$' },
      { dependencyTypes: OUTSIDE, pathNot: 'node_modules/p-limit/' },
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
      'verdict-order',
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
      'verdict-order',
      'grade',
    ]),
    layer('layers', 'what was seen and measured of several networks is put together without looking again', [
      'layers',
      'diagnosis',
      'report',
      'config/(layers|options)',
      'errors',
      'contract',
      'environments',
      'hole',
      'mtu-to-configure',
      'surroundings',
      'verdict-order',
    ]),
    layer('net', 'channels serve measure and are chosen elsewhere', [
      'net',
      'wire',
      'measure',
      'config/options',
      'contract',
      'layers/(seen|contract|cgroups|capabilities)',
      'config/suggest',
      'report/printable',
      'surroundings',
      'errors',
      'secret',
      'shipped',
      'endpoint',
    ]),
    layer('config', 'options are read once, by nobody who acts on them', [
      'config',
      'contract',
      'errors',
      'report/printable',
      'wire/responder',
      'endpoint',
    ]),
    layer('responder', 'the far end needs no measurement, no report and no channel', [
      'responder',
      'wire',
      'net/sys',
      'contract',
      'errors',
      'secret',
      'endpoint',
    ]),
    layer('service', 'it runs what the command line runs, and shows it as reports do', [
      'service',
      'run',
      'report',
      'responder',
      'config',
      'contract',
      'errors',
      'measure/log',
      'diagnosis/verdict',
      'verdict-order',
      'shipped',
      'aborts',
      'endpoint',
      'grade',
      'hole',
    ]),
    layer(
      'lab',
      'a network on this machine runs the program from outside; only its devices and forgeries look inside',
      ['lab', 'wire', 'net/sys/(ethtool|poll|sockaddr|tun)', 'contract', 'errors', 'shipped'],
    ),
    layer('service/peers', 'whom to measure and what was found out needs neither a run nor a server', [
      'service/peers',
      'service/contract',
      'config/watch/options',
      'report/printable',
      'contract',
      'errors',
      'verdict-order',
    ]),
    layer('service/history', 'what is kept is decided by whoever measures', [
      'service/history',
      'service/contract',
      'config/watch/options',
      'contract',
      'errors',
    ]),
    rule(
      'one-place-writes-the-history',
      'whoever else opened its file would number events twice',
      { path: '^src/', pathNot: '^src/service/history/' },
      { path: 'node_modules/(@libsql|libsql)/' },
    ),
    layer('dashboard', 'a page knows what the service tells, and nothing of how it came to know', [
      'dashboard',
      'contract',
      'service/contract',
    ]),
    rule(
      'the-dashboard-knows-types-only',
      'what it imports is sent to every browser',
      { path: '^src/dashboard/' },
      { pathNot: '^src/dashboard/|node_modules/uplot/', dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'the-dashboard-is-bundled',
      'it runs in browsers, and the compiler leaves it out',
      { path: '^src/', pathNot: '^src/dashboard/' },
      { path: '^src/dashboard/' },
    ),
    rule(
      'what-the-dashboard-decides-needs-no-page',
      'it is tested without a browser',
      { path: '^src/dashboard/model/' },
      { path: '^src/dashboard/view/|node_modules' },
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
      'health-is-light',
      'a healthcheck starts anew every few seconds, beside the service that it asks',
      { path: '^src/cli/health\\.ts$' },
      {
        path: '^src/(service|net|measure)/|node_modules/(fastify|prom-client|libsql|pino)/',
        pathNot: '^src/service/contract\\.ts$',
        reachable: true,
      },
    ),
    rule(
      'no-orphans',
      'a module that nobody uses is a question to every reader',
      {
        orphan: true,
        path: '^src/',
        pathNot:
          '^src/(index|standalone/native-part|cli/main|cli/demo-scene|net/namespaces/(launcher|look-up|read-files)|lab/(main|inside|relay|server|send-datagram))\\.ts$|\\.d\\.ts$',
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
