# An image that holds the program and nothing else. Build that first:
#   ./build.sh linux/amd64 && docker build -t qissa .
#   docker run --rm -v "$PWD:/data" qissa cluster dump.jsonl -o out
FROM scratch
ARG TARGETARCH
COPY dist/qissa-linux-${TARGETARCH:-amd64} /qissa
# Where the texts of a large run go.
WORKDIR /var/tmp
WORKDIR /data
ENTRYPOINT ["/qissa"]
