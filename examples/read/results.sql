-- Articles and copies of each outlet.
SELECT source, count(*), count(*) FILTER (relation IN ('verbatim', 'shortened', 'edited'))
FROM read_csv('articles.csv', header = true, all_varchar = true) GROUP BY source ORDER BY source;
-- The stories, largest first.
SELECT size, title FROM read_json('stories.jsonl', format = 'newline_delimited');
