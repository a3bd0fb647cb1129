// A vitest that is killed leaves its workers behind; its going closes their channel to it.
// What a worker has started (services, servers) ends with the worker.
process.once('disconnect', () => process.exit(1));
