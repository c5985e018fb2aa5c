# The lines that bring about the plan: each with the version that it was made with, so that
# what somebody changed since is refused. What is to be taken away comes first.
BEGIN { FS = "\t" }
FILENAME == GONE {
  print "-\t{\\\"remove\\\":true,\\\"caller\\\":\\\"" $2 "\\\",\\\"roleArn\\\":\\\"" $3 "\\\",\\\"version\\\":" $4 "}"
  next
}
FILENAME == LINES { number[FNR] = $1; sub(/^[^\t]*\t/, ""); line[FNR] = $0; next }
$1 == "create" { print number[FNR] "\t" line[FNR] }
$1 == "change" { sub(/\}$/, ",\\\"version\\\":" $4 "}", line[FNR]); print number[FNR] "\t" line[FNR] }
