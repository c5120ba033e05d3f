# Reads the results of qissa: Rscript results.R OUT. Needs the package jsonlite.
out <- commandArgs(trailingOnly = TRUE)[1]
articles <- read.csv(file.path(out, "articles.csv"), fileEncoding = "UTF-8-BOM")
stories <- jsonlite::stream_in(file(file.path(out, "stories.jsonl"), encoding = "UTF-8"), verbose = FALSE)
copy <- articles$relation %in% c("verbatim", "shortened", "edited")
for (source in sort(enc2utf8(unique(articles$source)), method = "radix")) {
  mine <- articles$source == source
  cat(source, sum(mine), sum(copy & mine), sep = "\t"); cat("\n")
}
cat(paste(stories$size, stories$title, sep = "\t"), sep = "\n")
