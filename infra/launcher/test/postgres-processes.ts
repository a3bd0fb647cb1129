import { execFileSync } from 'node:child_process';

/** The servers and initdbs that run on a folder, as process numbers. */
export function findPostgresOn(folder: string): number[] {
  const list = execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' });
  return list
    .split('\n')
    .filter((line) => line.includes(`-D ${folder}`) && !line.includes('sh -c'))
    .map((line) => Number.parseInt(line, 10));
}
