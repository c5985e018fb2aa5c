# Writes the changes of the plan. Each has the version that the plan is based on, so that a change
# that somebody made since is not overwritten. Removals come first.
BEGIN { FS = "\t" }
FILENAME == GONE {
  print "-\t{\\\"remove\\\":true,\\\"caller\\\":\\\"" $2 "\\\",\\\"roleArn\\\":\\\"" $3 "\\\",\\\"version\\\":" $4 "}"
  next
}
FILENAME == LINES { number[FNR] = $1; sub(/^[^\t]*\t/, ""); line[FNR] = $0; next }
$1 == "create" { print number[FNR] "\t" line[FNR] }
$1 == "change" { sub(/\}$/, ",\\\"version\\\":" $4 "}", line[FNR]); print number[FNR] "\t" line[FNR] }
