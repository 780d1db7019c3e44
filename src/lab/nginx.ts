/** The services of one host by nginx instead: the server that most of the world's downloads come from. */

import { mkdirSync, writeFileSync } from 'node:fs';
import { EnvironmentError } from '../errors.ts';
import { CERTIFICATES } from './certificates.ts';
import { LAB_FOLDER } from './private-mounts.ts';
import type { Server, Service } from './service.ts';

/**
 * Writes the configuration and pages into the lab's folder. A single process: workers would change their groups, which
 * a user namespace of one user does not allow.
 *
 * @returns the words that start it; they end once it listens.
 */
export function nginxCommand({ host, services }: Server): string[] {
  const folder = `${LAB_FOLDER}/nginx-${host}`;
  mkdirSync(folder);
  const blocks = services.map((service) => serverBlock(service, folder));
  writeFileSync(
    `${folder}/nginx.conf`,
    `user root; master_process off; pid ${folder}/pid; error_log ${folder}/error.log;
events { worker_connections 256; }
http {
  access_log off; default_type text/plain;
  client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy; fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi; scgi_temp_path ${folder}/scgi;
${blocks.join('\n')}
}
`,
  );
  return ['nginx', '-e', `${folder}/error.log`, '-p', folder, '-c', `${folder}/nginx.conf`];
}

function serverBlock(service: Service, folder: string): string {
  if (service.kind !== 'http' && service.kind !== 'https') {
    throw new EnvironmentError(`nginx serves no ${service.kind} here: use software "node" for it`);
  }
  const root = `${folder}/${service.port}`;
  mkdirSync(root);
  writeFileSync(`${root}/index.html`, Buffer.alloc(service.page.bytes, 'x'));
  const ranges = `max_ranges ${service.page.ranges ? 1 : 0};`;
  const listen = (flags: string): string =>
    `listen ${service.port}${flags} backlog=${service.backlog}; listen [::]:${service.port}${flags} backlog=${service.backlog};`;
  if (service.kind === 'http') return `  server { ${listen('')} root ${root}; ${ranges} }`;
  const { key, chain } = CERTIFICATES[service.certificate];
  writeFileSync(`${root}.key`, key, { mode: 0o600 });
  writeFileSync(`${root}.pem`, chain);
  return `  server { ${listen(' ssl')} root ${root}; ${ranges} ssl_certificate ${root}.pem; ssl_certificate_key ${root}.key; }`;
}
