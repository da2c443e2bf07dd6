import { findPostgres, startCluster } from './cluster.ts';

/** Before the suites on PostgreSQL: a cluster for them, which ends with them. */
export default function start(): () => void {
  if (findPostgres() === null) {
    throw new Error('PostgreSQL is not installed: apt-get install postgresql.');
  }
  const cluster = startCluster();
  process.env['TEST_DATABASE_URL'] = cluster.url;
  return () => cluster.stop();
}
