// Reads the results of qissa with DuckDB: node results_duckdb.js OUT.
// The queries are those of results.sql, which the command duckdb runs inside OUT.
const { readFileSync } = require('node:fs'), { join } = require('node:path');
const { DuckDBInstance } = require('@duckdb/node-api');

(async () => {
  const queries = readFileSync(join(__dirname, 'results.sql'), 'utf8').split(';').slice(0, -1);
  process.chdir(process.argv[2]);
  const duckdb = await (await DuckDBInstance.create(':memory:')).connect();
  for (const query of queries)
    for (const row of (await duckdb.runAndReadAll(query)).getRows()) console.log(row.join('\t'));
})();
